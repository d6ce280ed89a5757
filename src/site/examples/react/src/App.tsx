import { ParleyChat, useParley, useRoom } from '@parley/client/react';
import { type FormEvent, useState } from 'react';

const server = `${import.meta.env.VITE_PARLEY}/`;

async function token(): Promise<string> {
  const response = await fetch(`/your/token${location.search}`);
  if (!response.ok) throw new Error(`/your/token answered ${response.status}`);
  return response.text();
}

/** A room in the page's own elements, and the whole chat on demand. */
export function App() {
  const { session, state } = useParley({ server, token });
  const [whole, setWhole] = useState(false);
  const [unread, setUnread] = useState(0);
  return (
    <>
      <p>
        {state.user ? `Signed in as ${state.user.name ?? state.user.id}, ${state.connection.phase}` : state.connection.phase}
        <button onClick={() => setWhole(!whole)}>{whole ? 'Close the chat' : 'Open the chat'}</button>
        <output>{unread} unread</output>
      </p>
      {whole ? <ParleyChat server={server} token={token} room="general" onUnread={(detail) => setUnread(detail.unread)} /> : <Room session={session} id="general" />}
    </>
  );
}

function Room({ session, id }: { session: ReturnType<typeof useParley>['session']; id: string }) {
  const { name, status, role, messages, unsent, typing, join, post, type } = useRoom(session, id);
  const [text, setText] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (post(text)) setText('');
  };
  return (
    <section aria-label={name ?? id} data-status={status}>
      <ol>
        {messages.map((message) => (
          <li key={message.offset}>
            <b>{message.by.name ?? message.by.id}</b> {message.deleted ? <i>deleted</i> : message.text}
          </li>
        ))}
        {unsent.map((message) => (
          <li key={message.key} data-state={message.state}>
            {message.text}
          </li>
        ))}
      </ol>
      {typing.length > 0 && <p>{typing.map((person) => person.name ?? person.id).join(', ')} …</p>}
      {role === 'none' ? (
        <button disabled={status !== 'live'} onClick={() => void join()}>
          Join
        </button>
      ) : (
        <form onSubmit={send}>
          <input aria-label="Message" value={text} onChange={(event) => (setText(event.target.value), type())} />
          <button>Send</button>
        </form>
      )}
    </section>
  );
}
