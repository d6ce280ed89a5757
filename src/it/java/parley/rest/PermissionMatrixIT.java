package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.kit.Bot;
import parley.kit.ChatClient;
import parley.kit.ForgedToken;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.protocol.Command;
import parley.settings.Given;
import parley.settings.Settings;
import parley.stream.StreamFilter;
import tools.jackson.databind.JsonNode;

/**
 * The answer of every command and request to every kind of caller. A new command or request needs a line here. Callers who can't see a
 * room learn nothing about it, not even from response times.
 */
class PermissionMatrixIT {

    /**
     * The callers of each column: no token, bad token, expired token; stranger, former member, banned, member of another room; guest,
     * muted, member, moderator, owner; administrator. {@code o} done, {@code -} no valid token, {@code N} not found, {@code F} forbidden,
     * {@code C} conflict, {@code B} bad request, {@code G} gone. {@code .} is left out: the request affects the whole
     * installation or takes another credential, and has tests of its own.
     *
     * <p>{@code -}, {@code N} and every answer about a private room to a caller outside it equal the answer about a room that doesn't
     * exist. The lines share a room, except those that change it: they have their {@code own} room, or one for {@code each} caller if the
     * request closes the room.
     */
    private static final String MATRIX = """
            ping                                       ---oooo ooooo o    ---oooo ooooo o    {}
            slash.register                             ---FFFF FFFFF F    ---FFFF FFFFF F    {"commands":[]}
            slash.list                                 ---NNNN ooooo N    ---ooNo ooooo o    {}
            slash.run                                  ---NNNN FFBBB N    ---FFNF FFBBB F    {"command":"nothing"}
            slash.press                                ---NNNN FFCCC N    ---FFNF FFCCC F    {"message":{message},"action":"a"}
            slash.answer                               ---FFFF FFFFF F    ---FFFF FFFFF F    {"call":"none","text":"t"}
            auth.refresh                               ---oooo ooooo o    ---oooo ooooo o    {"token":"{own}"}
            subscribe                                  ---NNNN ooooo N    ---ooNo ooooo o    {"last":10}
            unsubscribe                                ---oooo ooooo o    ---oooo ooooo o    {}
            history                                    ---NNNN ooooo N    ---ooNo ooooo o    {}
            message.post                               ---NNNN FFooo N    ---FFNF FFooo F    {"key":"k","text":"t"}
            message.edit                               ---NNNN FFFFF N    ---FFNF FFFFF F    {"message":{message},"text":"t"}
            message.delete                             ---NNNN FFFoo o    ---FFNF FFFoo o    own    {"message":{message}}
            reaction.add                               ---NNNN FFooo N    ---FFNF FFooo F    {"message":{message},"emoji":"👍"}
            reaction.remove                            ---NNNN FFooo N    ---FFNF FFooo F    {"message":{message},"emoji":"👍"}
            message.pin                                ---NNNN FFooo N    ---FFNF FFooo F    {"message":{message}}
            message.unpin                              ---NNNN FFooo N    ---FFNF FFooo F    {"message":{message}}
            message.unpreview                          ---NNNN FFFFF N    ---FFNF FFFFF F    {"message":{message},"url":"https://a.example"}
            watch                                      ---oooo ooooo o    ---oooo ooooo o    {}
            unwatch                                    ---oooo ooooo o    ---oooo ooooo o    {}
            read                                       ---NNNN ooooo N    ---FFNF ooooo F    {"upto":1}
            typing                                     ---NNNN FFooo N    ---FFNF FFooo F    {"on":true}
            document.aware                             ---NNNN FFCCC N    ---FFNF FFCCC F    {"document":"{document}","data":"d"}
            document.open                              ---NNNN ooooo N    ---ooNo ooooo o    {"document":"{document}"}
            document.update                            ---NNNN FFooo N    ---FFNF FFooo F    {"document":"{document}","key":"k",\
            "update":"AQI="}
            document.close                             ---oooo ooooo o    ---oooo ooooo o    {"document":"{document}"}
            call.start                                 ---NNNN FFooo N    ---FFNF FFooo F    each    {}
            call.join                                  ---NNNN FFCCC N    ---FFNF FFCCC F    {}
            call.leave                                 ---NNNN FFCCC N    ---FFNF FFCCC F    {}
            signal                                     ---NNNN FFCCC N    ---FFNF FFCCC F    {"to":"{user}","data":"d"}
            room.join                                  ---NNNN ooooo N    ---ooNo ooooo o    own    {}
            room.leave                                 ---NNNN ooooC N    ---ooNo ooooC o    own    {}
            GET rooms                                  ---oooo ooooo o    ---oooo ooooo o
            POST rooms                                 ---oooo ooooo o    ---oooo ooooo o    {"name":"A room","kind":"private"}
            GET rooms/{room}                           ---NNNN ooooo N    ---ooNo ooooo o
            PATCH rooms/{room}                         ---NNNN FFFFo o    ---FFNF FFFFo o    {"topic":"t"}
            DELETE rooms/{room}                        ---NNNN FFFFo o    ---FFNF FFFFo o    each
            GET rooms/{room}/messages                  ---NNNN ooooo N    ---ooNo ooooo o
            GET rooms/{room}/messages/{offset}         ---NNNN ooooo N    ---ooNo ooooo o
            GET rooms/{room}/messages/{offset}/versions  ---NNNN ooooo N    ---ooNo ooooo o
            GET rooms/{room}/members                   ---NNNN ooooo N    ---ooNo ooooo o
            PUT rooms/{room}/members                   ---NNNN FFFoo o    ---FFNF FFFoo o    own    {"user":"{user}","role":"guest"}
            DELETE rooms/{room}/members                ---NNNN FFFoo o    ---FFNF FFFoo o    own    ?user={user}
            GET rooms/{room}/bans                      ---NNNN FFFoo o    ---FFNF FFFoo o
            PUT rooms/{room}/bans                      ---NNNN FFFoo o    ---FFNF FFFoo o    own    {"user":"{user}"}
            DELETE rooms/{room}/bans                   ---NNNN FFFoo o    ---FFNF FFFoo o    own    ?user={user}
            PUT rooms/{room}/mutes                     ---NNNN FFFoo o    ---FFNF FFFoo o    own    {"user":"{user}","until":"{soon}"}
            DELETE rooms/{room}/mutes                  ---NNNN FFFoo o    ---FFNF FFFoo o    ?user={user}
            GET rooms/{room}/files                     ---NNNN ooooo N    ---ooNo ooooo o
            POST rooms/{room}/files                    ---NNNN FFooo N    ---FFNF FFooo F    {"a":"file"}
            OPTIONS rooms/{room}/files                 ....... ..... .    ....... ..... .
            HEAD rooms/{room}/files/{id}               ....... ..... .    ....... ..... .
            GET rooms/{room}/files/{id}                ---NNNN NNNNN N    ---NNNN NNNNN N
            PATCH rooms/{room}/files/{id}              ---BBBB BBBBB B    ---BBBB BBBBB B    {}
            DELETE rooms/{room}/files/{id}             ---NNNN NNNNN N    ---NNNN NNNNN N
            GET rooms/{room}/documents                 ---NNNN ooooo N    ---ooNo ooooo o
            POST rooms/{room}/documents                ---NNNN FFooo N    ---FFNF FFooo F    {"title":"t"}
            PATCH rooms/{room}/documents/{document}    ---NNNN FFooo N    ---FFNF FFooo F    {"title":"t"}
            DELETE rooms/{room}/documents/{document}   ---NNNN FFFoo o    ---FFNF FFFoo o    each
            GET rooms/{room}/documents/{document}/changes  ---NNNN ooooo N    ---ooNo ooooo o
            PUT rooms/{room}/documents/{document}/text  ---NNNN FFooo N    ---FFNF FFooo F    {"version":0,"text":"t"}
            GET rooms/{room}/documents/{document}/snapshot  ---NNNN GGGGG N    ---GGNG GGGGG G    ?version=999
            PUT rooms/{room}/documents/{document}/snapshot  ---NNNN FFooo N    ---FFNF FFooo F    {"version":1,"snapshot":"AQI="}
            GET files/{id}                             ---NNNN NNNNN N    ---NNNN NNNNN N
            GET files/{id}/thumbnail                   ---NNNN NNNNN N    ---NNNN NNNNN N
            POST files/{id}/ticket                     ---NNNN NNNNN N    ---NNNN NNNNN N
            GET previews/{id}                          ---NNNN NNNNN N    ---NNNN NNNNN N
            GET me/files                               ---oooo ooooo o    ---oooo ooooo o
            GET me/rooms                               ---oooo ooooo o    ---oooo ooooo o
            PATCH me/rooms/{room}                      ---NNNN ooooo N    ---FFNF ooooo F    {"favourite":true}
            GET me/drafts                              ---oooo ooooo o    ---oooo ooooo o
            PUT me/drafts/{room}                       ---NNNN ooooo N    ---FFNF ooooo F    {"text":"t"}
            POST rooms/{room}/scheduled                ---NNNN FFooo N    ---FFNF FFooo F    {"id":"a","at":"{soon}","text":"t"}
            GET me/scheduled                           ---oooo ooooo o    ---oooo ooooo o
            PATCH me/scheduled/{id}                    ---NNNN NNNNN N    ---NNNN NNNNN N    {"text":"t"}
            DELETE me/scheduled/{id}                   ---NNNN NNNNN N    ---NNNN NNNNN N
            POST me/scheduled/{id}/send                ---NNNN NNNNN N    ---NNNN NNNNN N
            POST rooms/{room}/reminders                ---NNNN ooooo N    ---ooNo ooooo o    {"id":"a","at":"{soon}","text":"t"}
            GET me/reminders                           ---oooo ooooo o    ---oooo ooooo o
            DELETE me/reminders/{id}                   ---NNNN NNNNN N    ---NNNN NNNNN N
            GET search                                 ---oooo ooooo o    ---oooo ooooo o    ?q=t
            GET people                                 ---oooo ooooo o    ---oooo ooooo o
            GET people/one                             ---oooo ooooo o    ---oooo ooooo o    ?id={user}
            GET me                                     ---oooo ooooo o    ---oooo ooooo o
            PATCH me                                   ---oooo ooooo o    ---oooo ooooo o    {"receipts":true}
            GET me/blocks                              ---oooo ooooo o    ---oooo ooooo o
            PUT me/blocks                              ---oooo ooooo o    ---oooo ooooo o    {"user":"{user}"}
            DELETE me/blocks                           ---oooo ooooo o    ---oooo ooooo o    ?user={user}
            PUT direct                                 ---oooo ooooo o    ---oooo ooooo o    {"users":["{user}"]}
            GET me/announcements                       ---oooo ooooo o    ---oooo ooooo o
            DELETE me/announcements/{announcement}     ---NNNN NNNNN N    ---NNNN NNNNN N
            GET me/notifications                       ---oooo ooooo o    ---oooo ooooo o
            POST me/notifications/read                 ---oooo ooooo o    ---oooo ooooo o    {"upto":1}
            GET me/mail                                ---NNNN NNNNN N    ---NNNN NNNNN N
            PUT me/mail                                ---NNNN NNNNN N    ---NNNN NNNNN N    {"on":true}
            POST mail/unsubscribe                      ....... ..... .    ....... ..... .
            GET push-key                               ---oooo ooooo o    ---oooo ooooo o
            PUT me/push                                ---oooo ooooo o    ---oooo ooooo o    {"endpoint":"https://push.example.com/a",\
            "keys":{"auth":"BTBZMqHH6r4Tts7J_aSIgg",\
            "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}}
            DELETE me/push                             ---oooo ooooo o    ---oooo ooooo o    ?endpoint=https%3A%2F%2Fpush.example.com%2Fa
            GET rooms/{room}/calls                     ---NNNN ooooo N    ---ooNo ooooo o
            POST rooms/{room}/conference               ---NNNN FFooo N    ---FFNF FFooo F
            GET rooms/{room}/hooks                     ---NNNN FFFFo o    ---FFNF FFFFo o
            POST rooms/{room}/hooks                    ---NNNN FFFFo o    ---FFNF FFFFo o    {"url":"https://a.example/",\
            "events":["call.ended"]}
            PATCH rooms/{room}/hooks/{hook}            ---NNNN FFFFo o    ---FFNF FFFFo o    {"enabled":false}
            DELETE rooms/{room}/hooks/{hook}           ---NNNN FFFFo o    ---FFNF FFFFo o    each
            POST rooms/{room}/hooks/{hook}/secret      ---NNNN FFFFo o    ---FFNF FFFFo o
            GET rooms/{room}/hooks/{hook}/attempts     ---NNNN FFFFo o    ---FFNF FFFFo o
            GET rooms/{room}/incoming-hooks            ---NNNN FFFFo o    ---FFNF FFFFo o
            POST rooms/{room}/incoming-hooks           ---NNNN FFFFo o    ---FFNF FFFFo o    own    {"name":"CI"}
            DELETE rooms/{room}/incoming-hooks/{hook}  ---NNNN FFFFo o    ---FFNF FFFFo o    each
            POST hooks/{token}                         ....... ..... .    ....... ..... .
            GET turn                                   ---oooo ooooo o    ---oooo ooooo o
            POST stream                                ---oooo ooooo o    ---oooo ooooo o    {"watch":true,"wait":0}
            GET rooms/{room}/events                    ---NNNN ooooo N    ---ooNo ooooo o    ?wait=0
            POST commands                              ---oooo ooooo o    ---oooo ooooo o    {"id":1,"type":"ping"}
            POST tickets                               ---oooo ooooo o    ---oooo ooooo o
            POST sign-out/back-channel                 ....... ..... .    ....... ..... .
            PUT administration/people/access           ---FFFF FFFFF o    ---FFFF FFFFF o    {"user":"{user}","allowed":true}
            GET administration/analytics               ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/announcements           ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/announcements          ---FFFF FFFFF B    ---FFFF FFFFF B    {"kind":"loud","text":"t"}
            DELETE administration/announcements/{announcement}  ---FFFF FFFFF N    ---FFFF FFFFF N
            GET emoji                                  ---oooo ooooo o    ---oooo ooooo o
            GET emoji/{picture}                        ---NNNN NNNNN N    ---NNNN NNNNN N
            PUT administration/emoji/{emoji}           ....... ..... .    ....... ..... .
            DELETE administration/emoji/{emoji}        ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/features                ---FFFF FFFFF o    ---FFFF FFFFF o
            PUT administration/features/{feature}      ---FFFF FFFFF N    ---FFFF FFFFF N    {"on":true}
            GET administration/bots                    ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/bots                   ---FFFF FFFFF B    ---FFFF FFFFF B    {"id":"A bot"}
            PATCH administration/bots/{bot}            ---FFFF FFFFF N    ---FFFF FFFFF N    {"name":"A bot"}
            DELETE administration/bots/{bot}           ---FFFF FFFFF N    ---FFFF FFFFF N
            POST administration/bots/{bot}/tokens      ---FFFF FFFFF N    ---FFFF FFFFF N    {"name":"t","scopes":["read"],"days":1}
            DELETE administration/bots/{bot}/tokens/{token}  ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/audit                   ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/people                  ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/people/one              ---FFFF FFFFF N    ---FFFF FFFFF N    ?user=nobody
            GET administration/rooms                   ---FFFF FFFFF o    ---FFFF FFFFF o
            PUT administration/rooms/{room}/default    ---FFFF FFFFF C    ---FFFF FFFFF o
            DELETE administration/rooms/{room}/default  ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/hooks                   ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/incoming-hooks          ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/connections             ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/cluster                 ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/storage                 ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/jobs                    ---FFFF FFFFF o    ---FFFF FFFFF o
            DELETE administration/jobs/{kind}/{job}    ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/audit/export            ---FFFF FFFFF o    ---FFFF FFFFF o    ?format=csv
            GET administration/revocations             ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/revocations            ---FFFF FFFFF o    ---FFFF FFFFF o    {"jti":"nobody's"}
            GET administration/imports                 ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/imports                ---FFFF FFFFF B    ---FFFF FFFFF B    {"source":"s","format":"slack",\
            "file":"no-such-file"}
            GET administration/imports/{import}        ---FFFF FFFFF N    ---FFFF FFFFF N
            DELETE administration/imports/{import}     ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/holds                   ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/holds                  ---FFFF FFFFF B    ---FFFF FFFFF B    {"name":"Without conditions"}
            GET administration/holds/{hold}            ---FFFF FFFFF N    ---FFFF FFFFF N
            DELETE administration/holds/{hold}         ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/holds/{hold}/content    ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/holds/{hold}/files/{file}  ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/evidence                ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/evidence/roots          ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/evidence/roots         ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/evidence/keys          ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/exports                 ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/exports                ---FFFF FFFFF N    ---FFFF FFFFF N    {"repeat":"nothing"}
            GET administration/exports/{id}            ---FFFF FFFFF N    ---FFFF FFFFF N
            DELETE administration/exports/{id}         ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/exports/{id}/archive    ---FFFF FFFFF N    ---FFFF FFFFF N
            POST administration/exports/{id}/ticket    ---FFFF FFFFF N    ---FFFF FFFFF N
            GET me/export                              ---oooo ooooo o    ---oooo ooooo o
            POST me/export                             ....... ..... .    ....... ..... .
            DELETE me/export/{id}                      ---NNNN NNNNN N    ---NNNN NNNNN N
            GET me/export/{id}/archive                 ---NNNN NNNNN N    ---NNNN NNNNN N
            POST me/export/{id}/ticket                 ---NNNN NNNNN N    ---NNNN NNNNN N
            POST rooms/{room}/messages/{offset}/report  ---NNNN ooooo N    ---ooNo ooooo o    {"reason":"spam"}
            GET me/reports                             ---oooo ooooo o    ---oooo ooooo o
            GET reports                                ---oooo ooooo o    ---oooo ooooo o
            POST reports/{report}/take                 ---NNNN NNNNN N    ---NNNN NNNNN N
            POST reports/{report}/resolve              ---NNNN NNNNN N    ---NNNN NNNNN N    {"act":"nothing"}
            GET rooms/{room}/rules                     ---NNNN FFFoo o    ---FFNF FFFoo o
            POST rooms/{room}/rules                    ---NNNN FFFFo o    ---FFNF FFFFo o    each    {"kind":"word","pattern":"nothing",\
            "action":"flag"}
            DELETE rooms/{room}/rules/{rule}           ---NNNN FFFFo o    ---FFNF FFFFo o    each
            GET approvals                              ---oooo ooooo o    ---oooo ooooo o
            POST approvals/{message}/approve           ---NNNN NNNNN N    ---NNNN NNNNN N
            POST approvals/{message}/refuse            ---NNNN NNNNN N    ---NNNN NNNNN N
            GET me/approvals                           ---oooo ooooo o    ---oooo ooooo o
            GET administration/rules                   ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/rules                  ---FFFF FFFFF B    ---FFFF FFFFF B    {"kind":"word","pattern":"*",\
            "action":"flag"}
            DELETE administration/rules/{rule}         ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/removals                ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/removals               ---FFFF FFFFF B    ---FFFF FFFFF B    {"user":""}
            GET administration/removals/{removal}      ---FFFF FFFFF N    ---FFFF FFFFF N
            POST administration/removals/{removal}/undo  ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/erasures                ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/erasures               ---FFFF FFFFF N    ---FFFF FFFFF N    {"user":"nobody","mode":"erase"}
            GET administration/erasures/{erasure}      ---FFFF FFFFF N    ---FFFF FFFFF N
            GET administration/erasures/{erasure}/report  ---FFFF FFFFF N    ---FFFF FFFFF N
            GET scim/v2/Users                          ....... ..... .    ....... ..... .
            POST scim/v2/Users                         ....... ..... .    ....... ..... .
            GET scim/v2/Users/{resource}               ....... ..... .    ....... ..... .
            PUT scim/v2/Users/{resource}               ....... ..... .    ....... ..... .
            PATCH scim/v2/Users/{resource}             ....... ..... .    ....... ..... .
            DELETE scim/v2/Users/{resource}            ....... ..... .    ....... ..... .
            GET scim/v2/Groups                         ....... ..... .    ....... ..... .
            POST scim/v2/Groups                        ....... ..... .    ....... ..... .
            GET scim/v2/Groups/{resource}              ....... ..... .    ....... ..... .
            PUT scim/v2/Groups/{resource}              ....... ..... .    ....... ..... .
            PATCH scim/v2/Groups/{resource}            ....... ..... .    ....... ..... .
            DELETE scim/v2/Groups/{resource}           ....... ..... .    ....... ..... .
            GET scim/v2/ServiceProviderConfig          ....... ..... .    ....... ..... .
            GET scim/v2/ResourceTypes                  ....... ..... .    ....... ..... .
            GET scim/v2/Schemas                        ....... ..... .    ....... ..... .
            POST administration/epoch                  ---FFFF FFFFF .    ---FFFF FFFFF .
            POST administration/rooms/{room}/epoch     ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/rooms/{room}/rebuild   ---FFFF FFFFF o    ---FFFF FFFFF o
            GET administration/retention               ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/retention              ---FFFF FFFFF o    ---FFFF FFFFF o
            POST administration/drain                  ---FFFF FFFFF .    ---FFFF FFFFF .
            DELETE administration/drain                ---FFFF FFFFF o    ---FFFF FFFFF o
            """;

    /**
     * What the token of a bot needs for a command or request: a scope, or {@code none}. Everything that is not here is for people only.
     */
    private static final Map<String, List<String>> SCOPES = Map.of(
            "none", List.of("ping", "auth.refresh", "POST commands", "POST stream"),
            "read", List.of("subscribe", "unsubscribe", "history", "watch", "unwatch", "read", "slash.list", "GET rooms",
                    "GET rooms/{room}", "GET rooms/{room}/messages", "GET rooms/{room}/messages/{offset}",
                    "GET rooms/{room}/messages/{offset}/versions", "GET rooms/{room}/members", "GET rooms/{room}/files",
                    "GET rooms/{room}/events", "GET files/{id}", "GET files/{id}/thumbnail", "GET me/rooms", "GET search", "GET people",
                    "GET people/one"),
            "post", List.of("message.post", "message.edit", "message.delete", "reaction.add", "reaction.remove", "message.pin",
                    "message.unpin", "message.unpreview", "typing", "POST rooms/{room}/files", "GET rooms/{room}/files/{id}",
                    "PATCH rooms/{room}/files/{id}", "DELETE rooms/{room}/files/{id}"),
            "members", List.of("room.join", "room.leave", "PUT rooms/{room}/members", "DELETE rooms/{room}/members",
                    "GET rooms/{room}/bans", "PUT rooms/{room}/bans", "DELETE rooms/{room}/bans", "PUT rooms/{room}/mutes",
                    "DELETE rooms/{room}/mutes"),
            "commands", List.of("slash.register", "slash.answer"));

    private enum Caller {
        NOBODY, BAD_TOKEN, EXPIRED_TOKEN, STRANGER, FORMER_MEMBER, BANNED, MEMBER_ELSEWHERE, GUEST, MUTED, MEMBER, MODERATOR, OWNER,
                ADMINISTRATOR;

        String user() {
            return "user" + (101 + ordinal());
        }

        boolean isAuthenticated() {
            return ordinal() > EXPIRED_TOKEN.ordinal();
        }

        boolean isOutside() {
            return ordinal() < GUEST.ordinal();
        }
    }

    /** A line of the matrix. */
    private record Line(String asked, Map<String, String> expected, String room, String with) {

        static Line of(String text) {
            String[] parts = text.strip().split(" {2,}");
            return new Line(parts[0], Map.of("private", parts[1].replace(" ", ""), "public", parts[2].replace(" ", "")),
                    Stream.of(parts).filter(part -> part.equals("own") || part.equals("each")).findFirst().orElse("shared"),
                    parts[parts.length - 1].matches("[{?].*")
                            ? parts[parts.length - 1].replace("{soon}", in(3_600)).replace("{user}", OTHER_USER) : "");
        }

        boolean isCommand() {
            return !asked.contains(" ");
        }

        boolean concernsRoom() {
            return isCommand() ? !List.of("ping", "auth.refresh", "watch", "unwatch", "slash.register", "slash.answer").contains(asked)
                    : asked.contains("{room}");
        }

        @Override
        public String toString() {
            return asked;
        }
    }

    /** An answer: its letter in the matrix, and its text without the number of the command. */
    private record Told(char letter, String text) {}

    private static final List<Line> LINES = MATRIX.lines().map(Line::of).toList();
    private static final String NOWHERE = UUID.randomUUID().toString();
    private static final String OTHER_USER = "user100";
    /** Few enough that the processor is not busy while times are measured. */
    private static final int AT_ONCE = 4;
    /** Pairs of one request about a hidden room and one about a missing room. */
    private static final int PAIRS = 4;
    private static final long STEP = Settings.of(new Given(Map.of())).rooms().notFoundDelay().toNanos();

    private static final Map<Caller, String> TOKENS = new EnumMap<>(Caller.class);
    private static final Map<Caller, Http> REQUESTS = new EnumMap<>(Caller.class);
    private static final Map<Caller, ChatClient> SOCKETS = new EnumMap<>(Caller.class);
    private static final Map<String, String> SHARED = new HashMap<>();
    /** The offset of another user's message in each room. */
    private static final Map<String, Long> MESSAGES = new ConcurrentHashMap<>();
    private static final Map<String, String> DOCUMENTS = new ConcurrentHashMap<>();
    private static final Map<String, String> HOOKS = new ConcurrentHashMap<>();
    private static final Map<String, String> INCOMING = new ConcurrentHashMap<>();
    private static final Map<String, String> RULES = new ConcurrentHashMap<>();
    private static BotTokens bots;

    @BeforeAll
    static void connect() {
        REQUESTS.put(Caller.NOBODY, Http.anonymous());
        REQUESTS.put(Caller.BAD_TOKEN, Http.withToken(ForgedToken.CLAIMS_REPLACED.token()));
        REQUESTS.put(Caller.EXPIRED_TOKEN, Http.withToken(ForgedToken.EXPIRED.token()));
        for (Caller caller : Caller.values()) {
            if (caller.isAuthenticated()) {
                String token = caller == Caller.ADMINISTRATOR ? Tokens.of(caller.user(), "Administrator", "parley-admin")
                        : Tokens.of(caller.user());
                TOKENS.put(caller, token);
                REQUESTS.put(caller, Http.withToken(token));
                SOCKETS.put(caller, ChatClient.withToken(token));
            }
        }
        String elsewhere = REQUESTS.get(Caller.OWNER).createsPrivateRoom();
        give(elsewhere, Caller.MEMBER_ELSEWHERE.user(), "member");
        SHARED.put("private", room("private"));
        SHARED.put("public", room("public"));
        bots = new BotTokens();
    }

    @AfterAll
    static void disconnect() {
        SOCKETS.values().forEach(ChatClient::close);
        bots.close();
    }

    @Test
    void everyCommandAndEveryRequestHasALine() throws Exception {
        TreeSet<String> existing = new TreeSet<>();
        for (Class<?> command : commands(Command.class).toList()) {
            existing.add((String) command.getField("TYPE").get(null));
        }
        for (Class<?> found : productClasses()) {
            if (found.isAnnotationPresent(Path.class)) {
                existing.addAll(requests(found));
            }
        }

        existing.addAll(StreamFilter.REQUESTS);

        assertThat(LINES.stream().map(Line::asked)).containsExactlyInAnyOrderElementsOf(existing);
    }

    // The records of all families.
    private static Stream<Class<?>> commands(Class<?> family) {
        return family.isSealed() ? Stream.of(family.getPermittedSubclasses()).flatMap(PermissionMatrixIT::commands) : Stream.of(family);
    }

    static Stream<Line> lines() {
        return LINES.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyCallerGetsTheAnswerOfTheMatrix(Line line) {
        for (String kind : List.of("private", "public")) {
            String room = line.room.equals("shared") ? SHARED.get(kind) : room(kind);
            assertThat(together(Caller.values().length, Arrays.asList(Caller.values()), caller -> letter(line, kind, room, caller)))
                    .as("%s in a %s room, for %s", line, kind, Arrays.asList(Caller.values()))
                    .isEqualTo(line.expected.get(kind).chars().mapToObj(letter -> String.valueOf((char) letter)).toList());
        }
    }

    /** The tokens of a bot that moderates a private room: one with each scope alone, and one with all other scopes. */
    @ParameterizedTest
    @MethodSource("lines")
    void theTokenOfABotAllowsOnlyWhatItsScopesSay(Line line) {
        if (line.expected.get("private").charAt(Caller.MEMBER.ordinal()) == '.') {
            return;
        }
        String needed = SCOPES.entrySet().stream().filter(entry -> entry.getValue().contains(line.asked)).map(Map.Entry::getKey).findFirst()
                .orElse("person");
        switch (needed) {
            case "none" -> assertThat(bots.askedWith("read", line)).doesNotContain("forbidden");
            case "person" -> assertThat(bots.askedWith("all", line)).contains("forbidden", "Bots can't do this.");
            default -> {
                assertThat(bots.askedWith("all but " + needed, line)).contains("forbidden", "The token lacks the scope `" + needed + "`.");
                assertThat(bots.askedWith(needed, line)).doesNotContain("The token lacks the scope", "Bots can't do this.");
            }
        }
    }

    /** A bot in a private room of its own, with its tokens and their connections, which are opened when they are needed. */
    private static final class BotTokens implements AutoCloseable {

        private static final List<String> ALL = List.of("read", "post", "members", "commands");

        private final Bot bot = Bot.named("Matrix");
        private final String room = room("private");
        private final Map<String, String> tokens = new HashMap<>();
        private final Map<String, ChatClient> sockets = new HashMap<>();

        BotTokens() {
            give(room, bot.user(), "moderator");
        }

        String askedWith(String scopes, Line line) {
            String token = tokens.computeIfAbsent(scopes, wanted -> bot.token(ALL.stream().filter(scope -> wanted.equals("all")
                    || wanted.equals(scope) || wanted.startsWith("all but ") && !wanted.endsWith(" " + scope)).toArray(String[]::new)));
            String answer = line.isCommand() ? command(line, room, token,
                    sockets.computeIfAbsent(scopes, wanted -> ChatClient.withToken(token))).text
                    : request(line, room, Http.withToken(token)).text;
            if (line.asked.equals("room.leave")) {
                give(room, bot.user(), "moderator");
            }
            return answer;
        }

        @Override
        public void close() {
            sockets.values().forEach(ChatClient::close);
            bot.close();
        }
    }

    /**
     * Noise only adds to a time, so the test compares lower quartiles, and alternates the two requests so that a busy moment affects both.
     * A hidden answer comes at a step of the not-found delay, so a difference is none or a whole step: the bound is half a step. An answer
     * before its first step fails too. An apparent difference is measured again with more pairs.
     */
    @Test
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "one database is enough for it")
    void theResponseTimeRevealsNothing() {
        String hidden = SHARED.get("private");
        record Question(Line line, Caller caller) {}
        List<Question> questions = LINES.stream().filter(Line::concernsRoom).flatMap(line -> Arrays.stream(Caller.values())
                .filter(caller -> caller.isOutside() && caller.isAuthenticated())
                .filter(caller -> line.expected.get("private").charAt(caller.ordinal()) != '.')
                .map(caller -> new Question(line, caller))).toList();

        List<String> differences = together(AT_ONCE, questions, question -> {
            String first = difference(question.line, question.caller, hidden, PAIRS);
            String again = first.isEmpty() ? "" : difference(question.line, question.caller, hidden, 3 * PAIRS);
            return again.isEmpty() ? "" : question + ": " + again;
        });
        assertThat(differences).containsOnly("");
    }

    private static String difference(Line line, Caller caller, String hidden, int pairs) {
        long[] here = new long[pairs];
        long[] nowhere = new long[pairs];
        boolean hides = false;
        for (int i = 0; i < pairs; i++) {
            long start = System.nanoTime();
            hides = asked(line, caller, hidden).letter == 'N';
            long between = System.nanoTime();
            asked(line, caller, NOWHERE);
            here[i] = between - start;
            nowhere[i] = System.nanoTime() - between;
        }
        long quick = lowerQuartile(here);
        long quickNowhere = lowerQuartile(nowhere);
        boolean differs = Math.abs(quick - quickNowhere) > STEP / 2 || hides && Math.min(quick, quickNowhere) < STEP;
        return differs ? quick / 1_000 + " us, and " + quickNowhere / 1_000 + " us for a room that does not exist" : "";
    }

    private static long lowerQuartile(long[] times) {
        Arrays.sort(times);
        return times[times.length / 4];
    }

    private static String letter(Line line, String kind, String room, Caller caller) {
        char expected = line.expected.get(kind).charAt(caller.ordinal());
        if (expected == '.') {
            return ".";
        }
        Told told = asked(line, caller, line.room.equals("each") && expected == 'o' ? room(kind) : room);
        boolean asIfMissing = told.letter == 'N' || told.letter == '-' || line.concernsRoom() && kind.equals("private")
                && caller.isOutside();
        Told missing = asIfMissing ? asked(line, caller, NOWHERE) : told;
        return told.equals(missing) ? String.valueOf(told.letter) : told + ", but " + missing + " of a room that does not exist";
    }

    private static Told asked(Line line, Caller caller, String room) {
        return line.isCommand() ? command(line, caller, room) : request(line, caller, room);
    }

    private static Told command(Line line, Caller caller, String room) {
        if (!caller.isAuthenticated()) {
            return refusedHandshake(caller);
        }
        return command(line, room, TOKENS.get(caller), SOCKETS.get(caller));
    }

    private static Told command(Line line, String room, String token, ChatClient socket) {
        Map<String, Object> fields = new HashMap<>();
        Json.read(line.with.replace("{own}", token).replace("{message}", message(room))
                        .replace("{document}", document(room))).properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        if (line.concernsRoom()) {
            fields.put("room", room);
        }
        JsonNode reply = socket.asks(line.asked, fields).json();
        String code = reply.at("/error/code").asString("");
        return new Told(code.isEmpty() ? 'o' : letterOf(code), reply.toString().replaceFirst("\"re\":\\d+", "\"re\":0"));
    }

    private static Told refusedHandshake(Caller caller) {
        Handshake handshake = switch (caller) {
            case BAD_TOKEN -> Handshake.withToken(ForgedToken.CLAIMS_REPLACED.token());
            case EXPIRED_TOKEN -> Handshake.withToken(ForgedToken.EXPIRED.token());
            default -> Handshake.anonymous();
        };
        HttpAnswer answer = handshake.refused();
        return new Told(answer.status() == 401 ? '-' : '?', answer.body());
    }

    private static Told request(Line line, Caller caller, String room) {
        return request(line, room, REQUESTS.get(caller));
    }

    private static Told request(Line line, String room, Http by) {
        String[] request = line.asked.split(" ");
        boolean hasQuery = line.with.startsWith("?");
        String path = "/api/" + request[1].replace("{room}", room).replace("{offset}", message(room)).replace("{id}", "no-such-file")
                .replace("{document}", document(room))
                .replace("{hook}", (request[1].contains("incoming") ? INCOMING : HOOKS).getOrDefault(room, NOWHERE))
                .replace("{rule}", RULES.getOrDefault(room, NOWHERE)).replace("{bot}", "nobody").replace("{token}", "none")
                .replace("{kind}", "import").replaceAll("\\{[a-z]+}", "no-such-thing")
                + (hasQuery ? line.with : "");
        HttpAnswer answer = by.send(HttpRequest.newBuilder(Server.at(path)).header("Content-Type", "application/json")
                .method(request[0], line.with.isEmpty() || hasQuery ? BodyPublishers.noBody() : BodyPublishers.ofString(line.with)));
        char letter = switch (answer.status()) {
            case 200, 201, 204 -> 'o';
            case 401 -> '-';
            default -> letterOf(answer.problem());
        };
        TreeSet<String> headers = new TreeSet<>(answer.headers().keySet());
        // Concerns the connection only (RFC 9110 section 7.6.1): the server closes it after a number of requests.
        headers.remove("connection");
        return new Told(letter, answer.status() + " " + headers + " " + answer.body());
    }

    private static char letterOf(String code) {
        return switch (code) {
            case "not_found" -> 'N';
            case "forbidden" -> 'F';
            case "gone" -> 'G';
            case "conflict" -> 'C';
            case "bad_request" -> 'B';
            case "unauthorized" -> '-';
            default -> '?';
        };
    }

    /** A room of this kind in which each caller has its role. */
    private static String room(String kind) {
        Http owner = REQUESTS.get(Caller.OWNER);
        String room = kind.equals("private") ? owner.createsPrivateRoom() : owner.createsRoom();
        give(room, OTHER_USER, "member");
        give(room, Caller.FORMER_MEMBER.user(), "member");
        give(room, Caller.BANNED.user(), "member");
        give(room, Caller.GUEST.user(), "guest");
        give(room, Caller.MUTED.user(), "member");
        give(room, Caller.MEMBER.user(), "member");
        give(room, Caller.MODERATOR.user(), "moderator");
        try (ChatClient author = ChatClient.of(OTHER_USER)) {
            author.subscribes(room);
            MESSAGES.put(room, author.posts("a message"));
            String document = Http.of(OTHER_USER).createsDocument(room, "A document");
            author.asks("document.update", Map.of("room", room, "document", document, "key", "first", "update", "AQE=")).ok();
            DOCUMENTS.put(room, document);
        }
        HOOKS.put(room, owner.post("/api/rooms/" + room + "/hooks", Map.of("url", "https://a.example/", "events", List.of("call.ended")))
                .json(201).get("id").stringValue());
        RULES.put(room, owner.post("/api/rooms/" + room + "/rules", Map.of("kind", "link", "pattern", "a.example", "action", "allow"))
                .json(201).get("id").stringValue());
        INCOMING.put(room, owner.post("/api/rooms/" + room + "/incoming-hooks", Map.of("name", "CI")).json(201).get("id").stringValue());
        assertThat(owner.removes(room, Caller.FORMER_MEMBER.user()).status()).isEqualTo(204);
        assertThat(owner.bans(room, Caller.BANNED.user()).status()).isEqualTo(204);
        assertThat(owner.mutes(room, Caller.MUTED.user(), Instant.now().plusSeconds(3_600)).status()).isEqualTo(204);
        return room;
    }

    private static String message(String room) {
        return String.valueOf(MESSAGES.getOrDefault(room, 1L));
    }

    private static String document(String room) {
        return DOCUMENTS.getOrDefault(room, NOWHERE);
    }

    private static void give(String room, String user, String role) {
        HttpAnswer answer = REQUESTS.get(Caller.OWNER).setsRole(room, user, role);
        assertThat(answer.status()).as("%s", answer).isEqualTo(204);
    }

    private static String in(int seconds) {
        return Instant.now().plusSeconds(seconds).toString();
    }

    /** The results of all tasks in their order, {@code width} of them at the same time. */
    private static <T> List<String> together(int width, List<T> all, Function<T, String> task) {
        try (ExecutorService threads = Executors.newFixedThreadPool(width)) {
            List<CompletableFuture<String>> pending = all.stream().map(one -> CompletableFuture.supplyAsync(() -> task.apply(one), threads))
                    .toList();
            return pending.stream().map(CompletableFuture::join).toList();
        }
    }

    private static List<Class<?>> productClasses() throws Exception {
        java.nio.file.Path root = java.nio.file.Path.of(Command.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(root)) {
            for (java.nio.file.Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replaceFirst("\\.class$", "").replace(File.separatorChar, '.');
                classes.add(Class.forName(name, false, Command.class.getClassLoader()));
            }
        }
        return classes;
    }

    private static List<String> requests(Class<?> resource) {
        List<String> requests = new ArrayList<>();
        for (Method method : resource.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (verb != null) {
                    Path path = method.getAnnotation(Path.class);
                    requests.add(verb.value() + " " + resource.getAnnotation(Path.class).value()
                            + (path == null ? "" : "/" + path.value()));
                }
            }
        }
        return requests;
    }
}
