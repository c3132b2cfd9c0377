package io.voicerouting.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents a problem that one operation of a controller can answer with. Problems that follow from
 * the signature of the method, such as those of its body, need no annotation.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ProblemResponse.List.class)
public @interface ProblemResponse {

  /** HTTP status, such as 404. */
  int status();

  /** Stable name of the problem, such as {@code extension-not-found}. */
  String type();

  /** One sentence for readers of the API document; by default, the type in words. */
  String description() default "";

  /** Several of these annotations at one method. */
  @Documented
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface List {

    ProblemResponse[] value();
  }
}
