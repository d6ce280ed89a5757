package parley.search;

import java.util.ArrayList;
import java.util.List;
import parley.protocol.SearchPage;

/**
 * What queries find. Each line is a query and a text, with the parts that are highlighted in brackets. A text after {@code !} is not found.
 * Also for tests on a server.
 */
public final class SearchCases {

    /**
     * A query and a text.
     *
     * @param highlights in code points
     */
    public record Case(String query, String text, boolean found, List<SearchPage.Range> highlights) {

        static Case of(String line) {
            String[] parts = line.split("\\|");
            String marked = parts[1].strip();
            boolean found = !marked.startsWith("!");
            StringBuilder text = new StringBuilder();
            List<SearchPage.Range> highlights = new ArrayList<>();
            int from = 0;
            for (int point : (found ? marked : marked.substring(1).strip()).codePoints().toArray()) {
                int at = text.codePointCount(0, text.length());
                if (point == '[') {
                    from = at;
                } else if (point == ']') {
                    highlights.add(new SearchPage.Range(from, at));
                } else {
                    text.appendCodePoint(point);
                }
            }
            return new Case(parts[0].strip(), text.toString(), found, highlights);
        }

        @Override
        public String toString() {
            return query + (found ? " finds " : " doesn't find ") + text;
        }
    }

    private static final String TABLE = """
            runs                  | She is [running] late
            running               | He [runs] every day
            run                   | ! The rune stones
            contracts             | Please sign the [contract] today
            cities                | What a nice [city]
            organisation          | [Organisations] are hard
            BOB                   | ask [bob] about it
            bob                   | this is [Bob's] desk
            don't                 | I [don't] know
            meeting notes         | the [notes] of our [meeting]
            meeting notes         | ! the notes of yesterday
            2026                  | the plan for [2026]
            v2.1                  | released [v2.1] now
            e-mail                | send an [e-mail] please
            e-mail                | ! the mail came in e flat
            user@example.com      | write to [user@example.com]
            deploy.sh             | run [deploy.sh] again
            vertrag               | Die [Kaufverträge] sind unterschrieben
            Vertrag               | Der [Mietvertrag] ist da
            kauf                  | Die [Kaufverträge] sind da
            haus                  | Das [Krankenhaus] ist in der Stadt
            verträge              | Der [Vertrag] liegt bei mir
            vertrage              | Die [Verträge] sind fertig
            häuser                | Das [Haus] ist alt
            straße                | Die [Strasse] ist gesperrt
            strasse               | In der [Straße] ist es laut
            gegangen              | ! Die Gegend ist schön
            termine               | Der [Termin] ist morgen
            kündigung             | die [Kündigungen] sind raus
            schiff                | Das [Dampfschiff] fährt nicht
            mange                 | elle a [mangé] du pain avec nous
            maisons               | la [maison] est dans la rue
            avion                 | nous prenons [l'avion] ce soir
            étudiante             | les [étudiants] sont ici pour vous
            etudiant              | un [étudiant] est venu avec nous
            nacional              | los problemas [nacionales] de los otros
            canciones             | una [canción] para el niño
            cancion               | esta [canción] es muy bonita
            trabajar              | ellos [trabajan] en la casa
            病院                  | [病院]は機能していない
            機能                  | 病院は[機能]していない
            病                    | [病]院は機能していない
            病機                  | ! 病院は機能していない
            サーバー              | 新しい[サーバー]です
            ｻｰﾊﾞｰ                 | 新しい[サーバー]です
            会议                  | 明天的[会议]取消了
            회의                  | 오늘 [회의]가 있습니다
            привет                | [Привет] всем
            مرحبا                 | [مرحبا] بالجميع
            🎉                    | done [🎉] at last
            "exact phrase"        | this is the [exact phrase] here
            "exact phrase"        | ! an exact and long phrase
            "exact phrases"       | ! this is the exact phrase here
            “smart quotes”        | he likes [smart quotes] a lot
            "open end             | with an [open end] here
            plan -draft           | the final [plan] is ready
            plan -draft           | ! the plan is a draft
            plan -"first draft"   | [plan] and draft
            plan -"first draft"   | ! plan: the first draft
            plan -dra*            | ! plan and drafts
            pre*                  | the [prefix] works
            pre*                  | ! spread the word
            vertr*                | Die [Kaufverträge] sind da
            verträge*             | Der [Vertrag] ist da
            serv* down            | the [server] is [down]
            résumé                | send your [resume]
            naive                 | a [naïve] idea
            ünïcode               | [UNICODE] is fun
            http                  | see [https]://example.com
            a:b                   | the ratio is [a:b] now
            ?!                    | ! What?!
            """;

    private SearchCases() {
    }

    /** All cases. */
    public static List<Case> all() {
        return TABLE.lines().map(Case::of).toList();
    }
}
