package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @TempDir
    Path folder;

    @Test
    void weighsWhatAModuleImportsButNotWhatItLoadsLater() throws IOException {
        Path built = Files.createDirectory(folder.resolve("built"));
        Path entry = Files.writeString(folder.resolve("entry.js"),
                "import{a}from\"./built/first.js\";import\"./built/second.js\";a();");
        Path first = Files.writeString(built.resolve("first.js"),
                "import*as b from\"./second.js\";export let a=()=>import(\"./later.js\");");
        Path second = Files.writeString(built.resolve("second.js"), "export let c=1;");
        Files.writeString(built.resolve("later.js"), "export let d=2;");
        assertThat(Bundle.weights(entry)).containsOnlyKeys(entry, first, second)
                .allSatisfy((file, bytes) -> assertThat(bytes).isPositive());
    }

    @Test
    void versionsAreThoseOfNpm() {
        assertThatThrownBy(() -> NpmPackage.semantic("next")).hasMessage("The version next does not begin with MAJOR.MINOR.");
        assertThat(NpmPackage.semantic("1.0-SNAPSHOT")).isEqualTo("1.0.0-SNAPSHOT");
        assertThat(NpmPackage.semantic("1.2")).isEqualTo("1.2.0");
        assertThat(NpmPackage.semantic("1.2.3-rc.1")).isEqualTo("1.2.3-rc.1");
    }
}
