package io.voicerouting.businesshours;

import jakarta.persistence.EnumeratedValue;

/** Who wrote an exception. */
enum ExceptionOrigin {
  /** A person or another application. */
  TYPED("typed"),
  /** A holiday calendar. */
  IMPORTED("imported");

  @EnumeratedValue final String code;

  ExceptionOrigin(String code) {
    this.code = code;
  }
}
