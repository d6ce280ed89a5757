package example;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import parley.client.Parley;
import parley.client.Post;
import parley.client.Room;
import parley.client.RoomEvent;

/** A bot that answers each message that begins with "!echo ". */
public final class EchoBot {

    private EchoBot() {
    }

    /** Arguments: the server, such as https://chat.example.com/parley; a file with the bot's token; the id of a room. */
    public static void main(String[] args) {
        Parley client = Parley.connect(URI.create(args[0]), () -> Files.readString(Path.of(args[1])).strip());
        serve(client.room(args[2]));
        System.out.println(client.ended().join());
    }

    /** Answers until the client ends. The key names the question: a bot that answers it twice has answered it once. */
    public static void serve(Room room) {
        room.join();
        room.listen(event -> {
            if (event instanceof RoomEvent.Posted posted && posted.text().startsWith("!echo ")) {
                room.post(Post.of(posted.text().substring("!echo ".length())).withKey("echo-" + posted.offset()));
            }
        });
    }
}
