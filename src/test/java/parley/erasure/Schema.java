package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** The migrations in their order, and what all packages declare of the tables. */
final class Schema {

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));

    private Schema() {
    }

    static List<PersonalColumn> declared() throws ReflectiveOperationException, IOException {
        return owners().stream().flatMap(owner -> owner.columns().stream()).toList();
    }

    static List<String> migrations() throws IOException {
        Pattern number = Pattern.compile("V(\\d+)__");
        try (Stream<Path> files = Files.list(BASE.resolve("src/main/resources/db/migration"))) {
            return files.map(file -> file.getFileName().toString()).sorted(Comparator.comparingInt(name -> {
                Matcher matcher = number.matcher(name);
                assertThat(matcher.find()).as(name).isTrue();
                return Integer.parseInt(matcher.group(1));
            })).toList();
        }
    }

    private static List<PersonalData> owners() throws ReflectiveOperationException, IOException {
        Path classes = BASE.resolve("target/classes");
        List<PersonalData> owners = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve("parley"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("Personal\\w*\\.class")).toList()) {
                Class<?> type = Class.forName(classes.relativize(file).toString().replace(".class", "").replace('/', '.'));
                if (PersonalData.class.isAssignableFrom(type) && !type.isInterface()) {
                    Constructor<?> constructor = type.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    owners.add((PersonalData) constructor.newInstance());
                }
            }
        }
        return owners;
    }
}
