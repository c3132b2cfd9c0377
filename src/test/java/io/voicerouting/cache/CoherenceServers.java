package io.voicerouting.cache;

import java.util.List;
import java.util.Random;

/** The Redis servers of a {@link CoherenceChecker}, and the faults of their kind. */
interface CoherenceServers extends AutoCloseable {

  /** What happens to the servers; when it returns, all work again. */
  interface Fault {
    void happen(Random random);
  }

  /** A new instance that uses these servers. */
  EngineInstance newInstance(CacheProperties properties);

  /** The faults, in the order in which they come round. */
  List<Fault> faults();

  /** Called some time before each fault. */
  default void prepare() {}

  @Override
  void close();
}
