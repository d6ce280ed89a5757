package parley.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the bodies and filters of a company's directory. */
class ScimReaderTest {

    private static ScimReader reader(String body) {
        return new ScimReader(body.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{}", "{'userName':7}", "{'userName':''}", "{'userName':'a\\nb'}",
            "{'userName':'a','active':'perhaps'}", "{'userName':'a','displayName':['b']}"})
    void aWrongUserIsRefused(String body) {
        ScimReader reader = reader(body);
        reader.user();
        assertThat(reader.problem()).isPresent();
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        ScimReader reader = reader("{'userName':'" + "a".repeat(256) + "'}");
        reader.user();
        assertThat(reader.problem()).isPresent();
    }

    @Test
    void aUserMayHaveAttributesWithoutAUse() {
        ScimReader reader = reader("{'schemas':['x'],'userName':'alice','externalId':'7','name':{'givenName':'Alice','familyName':'A'},"
                + "'emails':[{'value':'a@example.com'}],'active':'False'}");
        assertThat(reader.user()).isEqualTo(new UserChange(Optional.of("alice"), Optional.of("7"), Optional.of("Alice A"),
                Optional.of(false)));
        assertThat(reader.problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'Operations':[]}", "{'Operations':{}}", "{'Operations':[{'op':'move','path':'active'}]}",
            "{'Operations':[{'op':'remove','path':'userName'}]}", "{'Operations':[{'op':'replace','path':'active','value':'x'}]}"})
    void wrongChangesOfAUserAreRefused(String body) {
        ScimReader reader = reader(body);
        reader.userChanges();
        assertThat(reader.problem()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'op':'replace','value':{'active':false}}                | false
            {'op':'Replace','path':'active','value':'False'}         | false
            {'op':'add','path':'active','value':true}                | true
            {'op':'remove','path':'active'}                          | false
            {'op':'replace','path':'urn:ietf:params:scim:schemas:core:2.0:User:active','value':true} | true
            """)
    void aUserIsActivatedInTheWaysOfDirectories(String operation, boolean active) {
        ScimReader reader = reader("{'Operations':[{'op':'add','path':'emails','value':[]}," + operation + "]}");
        assertThat(reader.userChanges().active()).hasValue(active);
        assertThat(reader.problem()).isEmpty();
    }

    @Test
    void theLastChangeCounts() {
        ScimReader reader = reader("{'Operations':[{'op':'replace','path':'displayName','value':'A'},"
                + "{'op':'replace','value':{'displayName':'B','externalId':'8'}}]}");
        assertThat(reader.userChanges()).isEqualTo(new UserChange(Optional.empty(), Optional.of("8"), Optional.of("B"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'op':'add','path':'members','value':[{'value':'3'}]}               | 1,2,3
            {'op':'Add','path':'members','value':[{'value':'2'},{'value':'2'}]} | 1,2
            {'op':'remove','path':'members[value eq "2"]'}                      | 1
            {'op':'remove','path':'members','value':[{'value':'1'}]}            | 2
            {'op':'remove','path':'members'}                                    | ``
            {'op':'replace','path':'members','value':[{'value':'9'}]}           | 9
            {'op':'replace','value':{'members':[{'value':'8'}]}}                | 8
            {'op':'replace','value':{'displayName':'Crew'}}                     | 1,2
            """)
    void membersChange(String operation, String after) {
        ScimReader reader = new ScimReader(("{'Operations':[" + operation.replace("\"2\"", "\\\"2\\\"") + "]}").replace('\'', '"'));
        assertThat(String.join(",", reader.groupChanges().after(new TreeSet<>(Set.of("1", "2"))))).isEqualTo(after);
        assertThat(reader.problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'op':'add','path':'owners','value':[]}", "{'op':'add','path':'members','value':[{}]}",
            "{'op':'add','path':'members','value':[{'value':'\\u0000'}]}",
            "{'op':'add','path':'members[type eq 7]'}",
            "{'op':'replace','path':'members[value eq \\\"2\\\"]','value':{'value':'2'}}"})
    void wrongChangesOfAGroupAreRefused(String operation) {
        ScimReader reader = reader("{'Operations':[" + operation + "]}");
        reader.groupChanges();
        assertThat(reader.problem()).isPresent();
    }

    @Test
    void aWholeGroupReplacesTheMembers() {
        ScimReader reader = reader("{'displayName':'Crew','members':[{'value':'3','display':'x'}]}");
        GroupChange group = reader.group();
        assertThat(group.displayName()).hasValue("Crew");
        assertThat(List.copyOf(group.after(Set.of("1")))).containsExactly("3");
        ScimReader nameless = reader("{'members':[]}");
        nameless.group();
        assertThat(nameless.problem()).isPresent();
    }

    @Test
    void aFilterComparesOneAttribute() {
        Map<String, String> columns = Map.of("userName", "user_name_look");
        assertThat(ScimFilter.of("userName eq \"Alice\"", columns)).hasValue(new ScimFilter("user_name_look", "Alice"));
        assertThat(ScimFilter.of("USERNAME EQ \"a \\\"b\\\"\"", columns)).hasValue(new ScimFilter("user_name_look", "a \"b\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "userName", "userName eq alice", "userName co \"a\"", "password eq \"a\"",
            "userName eq \"a\" or userName eq \"b\"", "userName eq \"a\"; drop table room", "user_name_look eq \"a\"", "userName eq \"\u0000\""})
    void otherFiltersAreRefused(String filter) {
        assertThat(ScimFilter.of(filter, Map.of("userName", "user_name_look"))).isEmpty();
    }
}
