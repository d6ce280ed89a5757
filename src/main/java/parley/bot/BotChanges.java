package parley.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

/** The changes of bots, each one transaction with its audit event. Returns why a change was refused. */
@ApplicationScoped
class BotChanges {

    @Inject
    private BotTables tables;
    @Inject
    private AuditLog audit;

    @Transactional
    Optional<Problem> create(Bot bot, AuditEvent event) {
        tables.changes();
        if (tables.isTaken(bot.id())) {
            return Optional.of(Problem.conflict("A bot has or had this id. Choose another one."));
        }
        if (tables.size() >= Bots.MOST) {
            return Optional.of(Problem.conflict("There are " + Bots.MOST + " bots. Delete one first."));
        }
        tables.insert(bot);
        audit.write(List.of(event));
        return Optional.empty();
    }

    @Transactional
    Optional<Problem> change(Bot bot, AuditEvent event) {
        tables.changes();
        if (tables.find(bot.id()).isEmpty()) {
            return noSuchBot();
        }
        tables.update(bot);
        audit.write(List.of(event));
        return Optional.empty();
    }

    @Transactional
    Optional<Problem> delete(String bot, Instant now, AuditEvent event) {
        tables.changes();
        if (tables.find(bot).isEmpty()) {
            return noSuchBot();
        }
        tables.delete(bot, now);
        audit.write(List.of(event));
        return Optional.empty();
    }

    @Transactional
    Optional<Problem> issue(String id, Bot.Token token, String hash, AuditEvent event) {
        tables.changes();
        Optional<Bot> bot = tables.find(id);
        if (bot.isEmpty()) {
            return noSuchBot();
        }
        if (bot.get().tokens().size() >= Bots.MOST_TOKENS) {
            return Optional.of(Problem.conflict("A bot has at most " + Bots.MOST_TOKENS + " tokens. Revoke one first."));
        }
        tables.insert(id, token, hash);
        audit.write(List.of(event));
        return Optional.empty();
    }

    @Transactional
    Optional<Problem> revoke(String bot, String token, AuditEvent event) {
        tables.changes();
        if (!tables.deleteToken(bot, token)) {
            return Optional.of(new Problem(ErrorCode.NOT_FOUND, "There is no such token.", false, 0));
        }
        audit.write(List.of(event));
        return Optional.empty();
    }

    private static Optional<Problem> noSuchBot() {
        return Optional.of(new Problem(ErrorCode.NOT_FOUND, "There is no such bot.", false, 0));
    }
}
