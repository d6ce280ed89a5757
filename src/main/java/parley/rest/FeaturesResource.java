package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.feature.FeatureOff;
import parley.feature.FeatureSwitches;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.WireTime;

/** Switching features off and on again while the installation runs, for callers in the group {@code parley-admin}. */
@Path("administration/features")
@Produces(MediaType.APPLICATION_JSON)
public class FeaturesResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Features features;
    @Inject
    private FeatureSwitches switches;
    @Inject
    private AdministratorTasks tasks;

    /**
     * A feature.
     *
     * @param on whether it is on now
     * @param allowed whether the settings allow it
     * @param setting the setting that does
     * @param by who switched it off; absent if nobody did
     */
    record FeatureBody(String name, boolean on, boolean allowed, String setting, String by, String at) {}

    /** All features, in the order of {@code hello.features}. */
    record FeaturesBody(List<FeatureBody> features) {}

    /** All features. */
    @GET
    public CompletionStage<Response> list() {
        return tasks.run(() -> {
            Map<Feature, FeatureOff> off = switches.off().stream().collect(Collectors.toMap(FeatureOff::feature, one -> one));
            return Response.ok(new FeaturesBody(Stream.of(Feature.values())
                    .map(feature -> body(feature, Optional.ofNullable(off.get(feature)))).toList())).build();
        });
    }

    private FeatureBody body(Feature feature, Optional<FeatureOff> off) {
        boolean allowed = features.isAllowed(feature);
        return new FeatureBody(feature.wire(), allowed && off.isEmpty(), allowed, "parley.features." + feature.wire(),
                off.map(FeatureOff::by).orElse(null), off.map(one -> WireTime.text(one.at())).orElse(null));
    }

    /** Switches a feature: {@code {"on"}}; 204, or 409 if the settings switch it off. Every instance obeys within seconds. */
    @PUT
    @Path("{feature}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(@PathParam("feature") String name, String body) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            boolean on = fields.flag("on");
            return fields.problem().map(Problems::response).orElseGet(() -> Stream.of(Feature.values())
                    .filter(feature -> feature.wire().equals(name)).findFirst()
                    .map(feature -> Problems.doneUnless(switches.change(feature, on, by, address)))
                    .orElseGet(Problems::notFound));
        });
    }
}
