package parley.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource method that needs no bearer token, because the request has another credential. The standard {@code @PermitAll} doesn't
 * work here: it makes Payara authenticate the request itself, and answer 401.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface WithoutToken {
}
