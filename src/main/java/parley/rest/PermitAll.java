package parley.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A resource's method that anyone may call, for it judges by what it is sent. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface PermitAll {
}
