package parley.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import parley.feature.Features;

/** Answers 404 to requests of a {@link PartOf} a feature that is switched off, once the caller is known. */
@Provider
@Priority(Priorities.USER + 2)
public class FeatureFilter implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;
    @Inject
    private Features features;

    @Override
    public void filter(ContainerRequestContext request) {
        PartOf part = resource.getResourceClass() == null ? null : resource.getResourceClass().getAnnotation(PartOf.class);
        if (part != null && !features.isOn(part.value())) {
            request.abortWith(Problems.notFound());
        }
    }
}
