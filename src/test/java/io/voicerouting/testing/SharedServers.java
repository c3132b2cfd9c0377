package io.voicerouting.testing;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Decides once per JVM where the shared servers come from. */
final class SharedServers {

  private static final Logger LOG = LoggerFactory.getLogger(SharedServers.class);

  private static @Nullable BackingServers servers;

  private SharedServers() {}

  static synchronized BackingServers get() {
    BackingServers started = servers;
    if (started == null) {
      started = dockerAnswers() ? startContainers() : EmbeddedServers.start();
      servers = started;
    }
    return started;
  }

  /** Asking may fail in any way, errors of class loading and of native code included. */
  private static boolean dockerAnswers() {
    try {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        return true;
      }
      LOG.info("No Docker engine answers: PostgreSQL and Redis run as processes");
    } catch (Throwable refusal) {
      LOG.info(
          "No Docker engine can be asked ({}): PostgreSQL and Redis run as processes", refusal);
    }
    return false;
  }

  /** An engine that answers may still be unable to fetch images. */
  private static BackingServers startContainers() {
    try {
      return ContainerServers.start();
    } catch (RuntimeException refusal) {
      LOG.warn("No containers to be had ({}): PostgreSQL and Redis run as processes", refusal);
      return EmbeddedServers.start();
    }
  }
}
