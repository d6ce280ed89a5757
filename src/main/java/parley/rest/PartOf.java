package parley.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import parley.protocol.Feature;

/** A resource of a feature: while the feature is switched off, its addresses answer 404. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface PartOf {

    /** The feature. */
    Feature value();
}
