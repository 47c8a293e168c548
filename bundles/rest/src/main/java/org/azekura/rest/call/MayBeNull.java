package org.azekura.rest.call;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a list or a map of an answer that can be null; others can't. Of texts, numbers and records each may be, as its Javadoc says. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface MayBeNull {}
