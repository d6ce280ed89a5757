package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import parley.kit.Server;

/**
 * How the page looks: each state that a script of {@code src/test/javascript} shows fits the window, and those of a desktop and a phone in
 * English are checked with axe. With {@code -Dparley.pictures=true}, each is also a picture in {@code target/screenshots}; the states that
 * a test names are pictured with forced colours, from right to left in the dark, on a phone in landscape, and at 400 % as well.
 */
enum Pictures {
    DESKTOP, PHONE, RTL, GERMAN;

    private static final boolean WANTED = Boolean.getBoolean("parley.pictures");
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/screenshots");

    /** Shows and checks every state of a script, which must have these at least. */
    void take(Browser browser, String script, String... states) {
        URI portal = URI.create(Server.base() + "/");
        Page page = this == PHONE || this == GERMAN ? browser.opensOnAPhone(portal) : browser.opens(portal, 1280, 800);
        TestScripts.serve(page);
        List<?> names = (List<?>) page.evaluate("""
                async ([script, direction, language]) => {
                  document.documentElement.dir = direction;
                  document.documentElement.lang = language;
                  const demo = await import(`/parley/test/${script}`);
                  return (window.demo = await demo.fillsThePage()).names;
                }""", List.of(script, this == RTL ? "rtl" : "ltr", this == GERMAN ? "de" : "en"));
        assertThat(names.stream().map(String::valueOf)).contains(states);
        for (Object state : names) {
            page.evaluate("state => demo.shows(state)", state);
            take(page, state, name());
            if (List.of(states).contains(state)) {
                takeUnderOtherConditions(page, state);
            }
            switch (this) {
                case DESKTOP -> {
                    Accessibility.ALL.check(page, state + " on a desktop");
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                    take(page, state, "DARK");
                    Accessibility.COLORS.check(page, state + " in the dark");
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                }
                case PHONE -> Accessibility.LAYOUT.check(page, state + " on a phone");
                case RTL, GERMAN -> { }
            }
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as("%s fits", state).isEqualTo(true);
            page.evaluate("state => demo.leaves(state)", state);
        }
    }

    // The states that a test names, as fewer people see them.
    private void takeUnderOtherConditions(Page page, Object state) {
        switch (this) {
            case DESKTOP -> {
                page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
                take(page, state, "FORCED");
                page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
            }
            case RTL -> {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                take(page, state, "RTL-DARK");
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            }
            case PHONE -> {
                take(page, state, "LANDSCAPE", 844, 390);
                // 1280 pixels at 400 % (WCAG 2.2, 1.4.10)
                take(page, state, "ZOOMED", 320, 256);
                page.setViewportSize(390, 780);
            }
            case GERMAN -> { }
        }
    }

    private static void take(Page page, Object state, String look, int width, int height) {
        page.setViewportSize(width, height);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as("%s fits, %s", state, look).isEqualTo(true);
        take(page, state, look);
    }

    private static void take(Page page, Object state, String look) {
        if (!WANTED) {
            return;
        }
        page.screenshot(new Page.ScreenshotOptions().setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(FOLDER.resolve((state + "-" + look).toLowerCase(Locale.ROOT) + ".png")));
    }
}
