package parley.browser;

import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that often break programs, of the kinds known from the Big List of Naughty Strings. If one of their scripts runs, it sets
 * {@code window.ran}.
 */
final class NaughtyStrings {

    private static final String RUN = "window.ran=1";

    private NaughtyStrings() {
    }

    static List<String> all() {
        return Stream.of(words(), numbers(), signs(), scripts(), elements(), injections()).flatMap(List::stream).toList();
    }

    private static List<String> words() {
        return List.of("undefined", "null", "nil", "None", "true", "NaN", "[object Object]", "constructor", "__proto__", "hasOwnProperty",
                "toString", "then",
                "\\", "\\\\", "CON", "LPT1", ".", "..", "~", "'", "\"", "`", "''\"\"``", "Scunthorpe", "a\tb\r\nc", "a".repeat(3_000));
    }

    private static List<String> numbers() {
        return List.of("0", "-0", "1e1000", "-1E-400", "0x7fffffff", "1/0", "9007199254740993", "1,000.00",
                "1 000", "0b1", "١٢٣", "Ⅷ", "½", "1;2");
    }

    private static List<String> signs() {
        return List.of("\u202etxt.exe", "\u2066left\u2069", "a\u200bb\u200d\u2060c", "\ufeffmark", "\u00a0\u2007\u3000blank",
                "\u2028line\u2029paragraph",
                "Z\u0335\u0321\u0316\u0301a\u0336\u0300\u0334l\u0337g\u0338o" + "\u0301".repeat(60), "👩‍👩‍👧‍👦🏳️‍🌈🇦🇶❤️", "👾".repeat(200), "田中さんにあげて",
                "הָיְתָה test الصفحات",
                "ﷺ ﷽", "ÅÍÎÏ˝ÓÔ", "\ufffd\ufffe\uffff", "\u0001\u0007\u001b[2J\u001b[31mred", "a\u0085\u009fb", "𝕋𝕙𝕖 ｆｕｌｌ Ⓣⓔⓧⓣ", "ß ẞ ı İ ſ",
                "لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗");
    }

    private static List<String> scripts() {
        return List.of("<script>" + RUN + "</script>", "<ScRiPt src=data:text/javascript," + RUN + "></sCrIpT>", "</textarea><script>" + RUN
                + "</script>",
                "</title></style><script>" + RUN + "</script>", "<!--><script>" + RUN + "</script>-->", "\"><script>" + RUN + "</script>", "'-"
                + RUN + "-'",
                "\";" + RUN + ";//", "<scr<script>ipt>" + RUN + "</script>", "javascript:" + RUN, "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(" + RUN + ")//",
                "https://javascript:" + RUN + "@example.com/", "https://example.com/\"onmouseover=\"" + RUN, "http://example.com/<svg/onload=" + RUN
                + ">",
                "data:text/html,<script>" + RUN + "</script>", "vbscript:" + RUN, "https://example.com/\u202egnp.exe", "&#60;script&#62;" + RUN
                + "&#60;/script&#62;",
                "\\u003cscript\\u003e" + RUN, "%3Cscript%3E" + RUN + "%3C/script%3E", "＜script＞" + RUN + "＜/script＞");
    }

    private static List<String> elements() {
        List<String> handled = Stream.of("img src=x onerror", "svg onload", "body onload", "iframe srcdoc=x onload", "video src=x onerror",
                "details open ontoggle",
                        "input autofocus onfocus", "marquee onstart", "object data=x onerror", "audio src=x onerror", "p onpointerenter",
                        "style onload")
                .flatMap(tag -> Stream.of("<" + tag + "=" + RUN + ">",
                        "<" + tag.replace(' ', '/').toUpperCase(java.util.Locale.ROOT) + "=\"" + RUN
                + "\"//"))
                .toList();
        return Stream.concat(handled.stream(), Stream.of("<a href=\"javascript:" + RUN + "\">x</a>", "<iframe src=javascript:" + RUN + ">",
                "<form action=javascript:" + RUN + "><button autofocus>", "<math><mi xlink:href=\"javascript:" + RUN + "\">",
                "<base href=//example.com/>",
                "<meta http-equiv=refresh content=0;url=javascript:" + RUN + ">", "<link rel=stylesheet href=data:,*{display:none}>",
                "<template><img src=x onerror=" + RUN + ">",
                "<noscript><p title=\"</noscript><img src=x onerror=" + RUN + ">\">", "<plaintext>", "<parley-chat></parley-chat>", "<slot>"))
                .toList();
    }

    private static List<String> injections() {
        return List.of("1'; drop table message; --", "' or '1'='1", "%' or 1=1", "\\' or 1=1 --", "$(touch /tmp/x)", "`id`", "; ls -la",
                "| cat /etc/passwd", "../../../etc/passwd",
                "%s%n%x%d", "%00", "%0d%0aSet-Cookie: a=b", "{0} {1}", "${7*7}", "#{7*7}", "{{7*7}}", "{{constructor.constructor('" + RUN
                + "')()}}", "<%= 7*7 %>",
                "${jndi:ldap://localhost:1/a}", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
                "=HYPERLINK(\"x\")", "@everyone", "/leave",
                "{\"type\":\"message.posted\",\"offset\":1}", "*/ " + RUN + " /*", "<!--#exec cmd=\"id\"-->", "<![CDATA[<script>" + RUN
                + "</script>]]>");
    }
}
