/**
 * The types of the package. Times are ISO 8601 unless a name or a comment says milliseconds.
 *
 * @module
 */

/**
 * Gives the person's token: resolves to a JWT, or to null when nobody is signed in. It is called before each connect and before the token
 * expires. A rejection is retried.
 *
 * @typedef {() => Promise<string | null>} TokenProvider
 */

/**
 * @typedef {object} SessionOptions
 * @property {string | URL} server the address of the application, such as `https://your-server/parley/`
 * @property {TokenProvider} token
 * @property {any} [WebSocket] the class to use, such as that of the package `ws` in Node 20. Default: the platform's. Without any, frames
 *   travel over HTTP
 */

/**
 * @typedef {object} User
 * @property {string} id
 * @property {string} [name]
 */

/** @typedef {'owner' | 'moderator' | 'member' | 'guest' | 'none'} Role */
/** @typedef {'public' | 'private' | 'direct'} RoomKind */

/**
 * The people who reacted with one emoji: how many, and the ids of the first ten. `mine`: the reader is one of them all.
 *
 * @typedef {{ count: number, by: string[], mine?: boolean }} Reaction
 */

/**
 * A message. One that was deleted has no text. A reply in a thread names the message that it answers in `thread`; `also` shows it in the
 * room too.
 *
 * @typedef {object} Message
 * @property {number} offset its number in the room's log
 * @property {User} by
 * @property {string} at
 * @property {string} [text]
 * @property {string} [key]
 * @property {number} [thread]
 * @property {boolean} [also]
 * @property {string[]} [mentions] user ids
 * @property {boolean} [everyone]
 * @property {AttachedFile[]} [files]
 * @property {string} [edited] when it was edited last
 * @property {boolean} [deleted]
 * @property {boolean} [pinned]
 * @property {Record<string, Reaction>} [reactions] by emoji, in the order of their first use
 * @property {{ count: number, last: string, by: string[] }} [replies]
 */

/**
 * A message that is not in its room's log yet. It is sent when the connection is there. `failed`: the server refused it with the code
 * `problem`; retry or discard it.
 *
 * @typedef {object} UnsentMessage
 * @property {string} key
 * @property {string} room
 * @property {string} text
 * @property {string} at
 * @property {'pending' | 'sent' | 'held' | 'failed' | 'discarded'} state `sent`: the server has stored it, and its event is on its way.
 *   `held`: it waits until a moderator approves it. `discarded`, only in an Outbox: it is dropped soon
 * @property {string} [problem]
 * @property {boolean} [late] the server has not replied for a while
 * @property {number} [thread]
 * @property {boolean} [also]
 * @property {string[]} [mentions]
 * @property {boolean} [everyone]
 * @property {AttachedFile[]} [files]
 */

/**
 * @typedef {object} PostOptions
 * @property {string[]} [mentions] ids of the users whom the text mentions
 * @property {boolean} [everyone] mention all members
 * @property {number} [thread] the offset of the message that it answers
 * @property {boolean} [also] show a reply in the room too
 * @property {AttachedFile[]} [files] what `upload` resolved to, at most 10. The text may be empty then
 */

/**
 * A file in a room. Only pictures that the server could read have a size in pixels and a thumbnail.
 *
 * @typedef {object} AttachedFile
 * @property {string} id
 * @property {string} name
 * @property {string} type what the bytes are, such as `image/png`
 * @property {number} size in bytes
 * @property {number} [width]
 * @property {number} [height]
 * @property {boolean} [thumbnail]
 */

/**
 * @typedef {object} UploadOptions
 * @property {string} [name] the name of the file. Default: that of a `File`, or `file`
 * @property {(sent: number | null) => void} [progress] receives the number of bytes that were sent, and null while the server checks the
 *   file. In Node it is called once a mebibyte
 * @property {AbortSignal} [signal] ends the upload and deletes what was sent
 */

/**
 * What narrows a search.
 *
 * @typedef {object} SearchOptions
 * @property {string} [room] its id
 * @property {string} [by] the author's id
 * @property {('file' | 'link' | 'pin')[]} [has] what the message must have: all of these
 * @property {string} [after] a date such as `2026-01-31`: messages from this day on, in the local time zone
 * @property {string} [before] a date: messages from before this day, in the local time zone
 * @property {'match' | 'time'} [sort] the best match first (the default), or the latest message
 * @property {number} [limit] 1 to 50; default 20
 * @property {string} [cursor] that of the page before, for the same search
 */

/**
 * A part of the text of a file, with the parts of it that a search found.
 *
 * @typedef {object} Passage
 * @property {string} file the id of a file of the message
 * @property {string} text
 * @property {[number, number][]} highlights
 */

/**
 * A page of a search. `highlights` are ranges of the text in code points (the elements of `[...text]`): the first one and the one after
 * the last. `passage` is there if only a file of the message has what was found. `cursor` is that of the next page; it is absent at the
 * end. `total` is absent if not all were counted. `partial`: there may be more, because the server is still indexing or the time for the
 * search was over.
 *
 * @typedef {object} SearchPage
 * @property {{ room: string, message: Message, highlights: [number, number][], passage?: Passage }[]} results
 * @property {string} [cursor]
 * @property {number} [total]
 * @property {true} [partial]
 */

/**
 * `waiting`: the next attempt starts at `retryAt` (milliseconds since 1970); `trouble` is `token` if the provider failed. `offline`: the
 * browser has no network. `signed-out`: by the `portal` (there is no token) or by the `server` (it refuses the token).
 *
 * @typedef {object} ConnectionState
 * @property {'idle' | 'connecting' | 'connected' | 'waiting' | 'offline' | 'signed-out' | 'stopped'} phase
 * @property {number} [retryAt]
 * @property {'token'} [trouble]
 * @property {'portal' | 'server'} [by]
 */

/**
 * A room in the list of rooms.
 *
 * @typedef {object} RoomSummary
 * @property {string} id
 * @property {string | null} name null until it is known; the names of the others in a direct room
 * @property {RoomKind} kind
 * @property {string} [topic]
 * @property {Role} role
 * @property {number} unread
 * @property {number} mentions unread messages that mention the person
 * @property {Message | null} last
 * @property {'all' | 'mentions' | 'nothing'} level what the person wants to be told of
 * @property {boolean} favourite
 * @property {boolean} hidden
 */

/**
 * What a session knows. It never changes: a change makes another one.
 *
 * @typedef {object} ParleyState
 * @property {User | null} user null until the server has confirmed the person
 * @property {ConnectionState} connection
 * @property {string[]} features what the server offers
 * @property {{ text: number, subscriptions: number, frame?: number, edit?: number, file?: number, files?: number }} limits characters of a
 *   message, rooms at once, bytes of a frame, seconds in which a message may be edited, bytes of a file, files of a message
 * @property {RoomSummary[]} rooms the person's rooms
 * @property {boolean} listed whether the rooms were listed
 * @property {number} unread
 * @property {number} mentions
 */

/**
 * A room that was entered. It never changes: a change makes another one.
 *
 * @typedef {object} RoomState
 * @property {string} id
 * @property {string | null} name
 * @property {RoomKind} kind
 * @property {string} [topic]
 * @property {Role} role
 * @property {'loading' | 'live' | 'refused'} status `live`: events arrive. `refused`: not for the person, see `problem`
 * @property {{ code: string } | null} problem
 * @property {Message[]} messages oldest first
 * @property {UnsentMessage[]} unsent the person's messages that `messages` doesn't have yet
 * @property {boolean} earlier whether there are messages before the first one
 * @property {boolean} loadingEarlier
 * @property {string[] | number | null} online ids of the people who are here, or a count if there are too many
 * @property {User[]} typing
 * @property {string | null} muted until when the person may not post
 * @property {number} unread
 * @property {number} mentions
 * @property {number | null} read the offset up to which the person has read
 */

/**
 * What a session has counted and measured since it began. Times are the server's, in milliseconds since 1970.
 *
 * @typedef {object} SessionStats
 * @property {'websocket' | 'stream' | 'poll' | 'shared' | null} transport how frames travel; null without a connection
 * @property {number | null} connectedAt
 * @property {number} sent frames, pings included
 * @property {number} received
 * @property {number} errors commands that the server refused
 * @property {number} reconnections
 * @property {number} resumes subscriptions that resumed from their position
 * @property {number | null} lastSentAt
 * @property {number | null} lastReceivedAt
 * @property {number[]} roundTrips milliseconds that the last pings took, the latest last
 * @property {number} clockOffset milliseconds by which the server's clock is ahead of this computer's
 * @property {number} unsent messages that the server has not acknowledged yet
 */

/**
 * A refusal or a failure. `code` is one of the protocol's error codes. `temporary`: try again, after `retryAfter` milliseconds if given.
 * `lost`: the connection ended before the reply, so the server may have executed the command.
 *
 * @typedef {Error & { code: string, temporary: boolean, retryAfter?: number, lost: boolean }} ProblemError
 */

/**
 * The events of a session and what their listeners receive.
 * - `stats`: the stats changed; at most once a second.
 * - `signed-out`: the person was signed out. By the portal: everything of the person was deleted.
 * - `token`: the token provider failed. The session tries again.
 * - `notified`: the person was notified.
 *
 * @typedef {{
 *   stats: SessionStats,
 *   'signed-out': { by: 'portal' | 'server' },
 *   token: ProblemError & { reason: string },
 *   notified: { id: number, room: string, offset?: number, by: User, why: string, text?: string },
 * }} SessionEvents
 */

/**
 * A member of a room.
 *
 * @typedef {{ user: User, role: Role, online?: boolean, muted?: string | null }} Member
 */

/**
 * A person as the directory shows them.
 *
 * @typedef {object} Person
 * @property {string} id
 * @property {string} [name]
 * @property {string} [picture]
 * @property {{ text: string, emoji?: string, until?: string }} [status]
 * @property {'auto' | 'away' | 'busy'} [availability]
 */

/**
 * @typedef {object} ConnectionOptions
 * @property {string} url the address of the WebSocket, such as `wss://your-server/parley/ws`
 * @property {string | URL} [api] the address of the HTTP interface, such as `https://your-server/parley/api/`; without it there is no
 *   fallback where no WebSocket gets through
 * @property {TokenProvider} token
 * @property {(token?: string) => Promise<boolean | null>} refused whether the server refuses this token; null if it can't say. Browsers
 *   hide the status of a failed handshake
 * @property {any} [WebSocket]
 * @property {(frame: any) => void} onEvent receives `hello` and every event
 * @property {(state: { phase: ConnectionState['phase'], until?: number, trouble?: 'token', by?: 'portal' | 'server' }) => void} onPhase
 */

/**
 * One connection: commands and their replies, heartbeat, reconnecting with backoff, token refresh. It knows no rooms.
 *
 * @typedef {object} ConnectionApi
 * @property {boolean} connected
 * @property {() => void} start
 * @property {() => void} stop
 * @property {() => void} reconnect connects now instead of waiting
 * @property {(type: string, fields?: object) => Promise<any>} request sends a command; resolves to `ok`, rejects with a Problem
 * @property {(type: string, fields?: object) => void} tell sends a command that has no reply; dropped without a connection
 * @property {() => Promise<number>} ping milliseconds until the reply
 */

/**
 * @typedef {object} OutboxOptions
 * @property {[string, string]} owner the server's address and the user's id: whose messages these are
 * @property {(message: UnsentMessage) => Promise<{ offset: number }>} post sends one; rejects with a Problem
 * @property {() => void} [onChange]
 */

/**
 * Messages on their way: each is stored (IndexedDB, where there is one), and sent once with its key, in the order of writing.
 *
 * @typedef {object} OutboxApi
 * @property {UnsentMessage[]} entries
 * @property {(room: string, text: string, options?: PostOptions) => UnsentMessage | null} send null if 200 wait already
 * @property {(key: string) => void} retry
 * @property {(key: string) => void} discard
 * @property {() => void} flush sends what is pending: to be called after connecting
 * @property {(shown: (message: UnsentMessage) => boolean) => void} settle drops those that are shown
 * @property {() => void} close
 */

export {};
