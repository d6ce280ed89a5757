package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * axe-core over what the chat shows: WCAG 2.2 A and AA, and axe's best practices. While a dialog or a popover is open, only that: what is
 * around it is checked in the states without it, and a check of the whole page takes up to half a second.
 */
enum Accessibility {

    /** Every rule. */
    ALL("{ runOnly: tags }"),
    /** The contrast of texts, for another color scheme. */
    COLORS("{ runOnly: ['color-contrast'] }"),
    /** All but the contrast, for another layout. */
    LAYOUT("{ runOnly: tags, rules: { 'color-contrast': { enabled: false } } }");

    private static final String AXE = axe();

    private final String options;

    Accessibility(String options) {
        this.options = options;
    }

    /** {@code state} names in failures what the page shows. */
    void check(Page page, String state) {
        // Evaluated by the debugger, which the page's Content Security Policy does not restrict.
        if (!(boolean) page.evaluate("'axe' in window")) {
            page.evaluate(AXE);
        }
        Map<?, ?> found = (Map<?, ?>) page.evaluate("""
                async () => {
                  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                  const rules = %s;
                  const chat = document.querySelector('parley-chat');
                  const open = [...(chat?.shadowRoot ?? document).querySelectorAll('dialog[open], :popover-open')].at(-1);
                  const checked = open ?? chat ?? document;
                  const { passes, violations } = await axe.run(checked, { ...rules, resultTypes: ['violations'], preload: false });
                  const about = ({ target, any }) => `${target.flat().join(' ')} ${any[0]?.message ?? ''}`;
                  return {
                    passed: passes.map(({ id }) => id),
                    violations: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(about).join('; ')}`),
                  };
                }""".formatted(options));
        assertThat((List<?>) found.get("violations")).as("accessibility of %s", state).isEmpty();
        // The check saw the texts, or buttons, items of a menu or fields, inside the element.
        List<String> seen = this == LAYOUT ? List.of("button-name", "aria-command-name", "label") : List.of("color-contrast");
        assertThat((List<?>) found.get("passed")).map(Object::toString).containsAnyElementsOf(seen);
    }

    private static String axe() {
        try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
