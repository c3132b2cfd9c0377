package io.voicerouting.platform;

import java.util.List;

/** The secrets with which platforms sign their requests. */
@FunctionalInterface
interface SignatureSecrets {

  /** Returns the secrets of the caller of the current request; empty if it does not sign. */
  List<String> ofCaller();
}
