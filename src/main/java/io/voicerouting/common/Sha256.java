package io.voicerouting.common;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
public final class Sha256 {

  /**
   * Copied for each digest, because the search for an implementation takes longer than a digest.
   */
  private static final MessageDigest INITIAL = create();

  private Sha256() {}

  private static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Computes the digest, 32 bytes. */
  public static byte[] digest(byte[] bytes) {
    try {
      return ((MessageDigest) INITIAL.clone()).digest(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // the JDK's own implementation can be copied
    }
  }
}
