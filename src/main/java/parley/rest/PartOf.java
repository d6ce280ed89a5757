package parley.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import parley.protocol.Feature;

/** A resource that a feature has: while the deployment has switched it off, there is nothing at its addresses. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface PartOf {

    /** The feature. */
    Feature value();
}
