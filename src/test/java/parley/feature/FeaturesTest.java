package parley.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.protocol.CallCommand;
import parley.protocol.Command;
import parley.protocol.ErrorCode;
import parley.protocol.Feature;
import parley.protocol.MessageCommand;
import parley.protocol.Problem;
import parley.settings.Given;
import parley.settings.Settings;

/** Which features are on: what the settings allow, without what administrators switched off. */
class FeaturesTest {

    private final Features features = new Features(Settings.of(new Given(Map.of("parley.features.pins", "off"))), null);

    @Test
    void whatTheSettingsSwitchOffStaysOff() {
        assertThat(features.switchOff(Set.of(Feature.PINS))).as("nothing changes").isFalse();
        assertThat(features.switchOff(Set.of())).isFalse();
        assertThat(features.isOn(Feature.PINS)).isFalse();
        assertThat(features.isAllowed(Feature.PINS)).isFalse();
    }

    @Test
    void aCommandIsRefusedIfOneOfItsFeaturesIsOff() {
        Command replyWithFile = post(1, List.of("file"));
        Command edit = new MessageCommand.Edit(1, "room", 1, "text", Optional.empty(), Optional.of(List.of("file")));

        features.switchOff(Set.of(Feature.THREADS));
        assertThat(features.refusal(replyWithFile)).contains(Problem.unsupported(Feature.THREADS));
        assertThat(features.refusal(post(1, List.of()))).contains(Problem.unsupported(Feature.THREADS));

        features.switchOff(Set.of(Feature.FILES));
        assertThat(features.refusal(replyWithFile)).contains(Problem.unsupported(Feature.FILES));
        assertThat(features.refusal(post(0, List.of("file")))).contains(Problem.unsupported(Feature.FILES));
        assertThat(features.refusal(edit)).contains(Problem.unsupported(Feature.FILES));

        features.switchOff(Set.of(Feature.EDIT));
        assertThat(features.refusal(edit)).contains(Problem.unsupported(Feature.EDIT));
    }

    private static Command post(long thread, List<String> files) {
        return new MessageCommand.Post(1, "room", "key", "text", thread, false, List.of(), false, files, Optional.empty());
    }

    @Test
    void whatAnAdministratorSwitchedOffIsRefusedUntilItIsOnAgain() {
        Command reacting = new MessageCommand.AddReaction(1, "room", 1, "👍");
        assertThat(features.on()).contains(Feature.REACTIONS);

        assertThat(features.switchOff(Set.of(Feature.REACTIONS))).isTrue();
        assertThat(features.on()).isNotEmpty().doesNotContain(Feature.REACTIONS);
        assertThat(features.isAllowed(Feature.REACTIONS)).isTrue();
        assertThat(features.refusal(reacting).orElseThrow().code()).isEqualTo(ErrorCode.UNSUPPORTED);

        assertThat(features.switchOff(Set.of(Feature.CALLS))).isTrue();
        assertThat(features.refusal(new CallCommand.Start(1, "room"))).isPresent();
        assertThat(features.refusal(Feature.CALLS)).isPresent();

        assertThat(features.switchOff(Set.of())).isTrue();
        assertThat(features.refusal(Feature.REACTIONS)).isEmpty();
    }
}
