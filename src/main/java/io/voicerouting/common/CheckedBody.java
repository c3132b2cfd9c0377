package io.voicerouting.common;

import java.util.List;

/**
 * A request body with rules that reach over several members. They are asked together with the Bean
 * Validation constraints as soon as the body is read, so that the caller hears of everything at
 * once.
 */
public interface CheckedBody {

  /**
   * What is wrong with this body, apart from what its annotations say. Members may be null here
   * although they are required, because reading them failed; such members are no concern of this
   * method.
   */
  List<FieldError> problems();
}
