package parley.room;

/** The rules about texts that this instance knows. Never waits: it is asked for each message on its way into a log. */
public interface RulesInForce {

    /** What the rules of the installation and of this room say about a text. */
    Verdict of(String room, String text);
}
