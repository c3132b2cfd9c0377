package io.voicerouting.cache.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.eviction.OutboxRelay;
import io.voicerouting.cache.lookup.KeyDemand;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.PeriodicTask;
import io.voicerouting.cache.warm.WarmObserver;
import io.voicerouting.cache.warm.WarmProperties;
import io.voicerouting.cache.warm.WarmTasks;
import io.voicerouting.cache.warm.Warming;
import java.time.Duration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Warming of the most requested keys: what records them, and the task that warms. */
@Configuration(proxyBeanMethods = false)
class WarmConfiguration {

  /** Longest wait at start for warming; a service with cold caches answers, too. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(5);

  @Bean
  KeyDemand keyDemand(WarmProperties settings) {
    return new KeyDemand(settings.enabled());
  }

  @Bean
  WarmObserver warmObserver(MeterRegistry registry, WarmProperties settings) {
    return new WarmObserver(registry, settings.enabled());
  }

  /** The tasks, unless warming is turned off. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(name = "routing.cache.warm.enabled", matchIfMissing = true)
  @Import(WarmTasks.class)
  static class Tasks {

    @Bean
    @DependsOnDatabaseInitialization
    PeriodicTask hotKeysTask(WarmTasks tasks, NanoClock clock) {
      Runnable recording = tasks.recording();
      return new PeriodicTask(
          "routing-cache-hot-keys", WarmTasks.RECORDING_INTERVAL, recording, recording, clock);
    }

    @Bean
    @DependsOnDatabaseInitialization
    PeriodicTask warmTask(WarmTasks tasks, NanoClock clock) {
      Warming warming = tasks.warming();
      return new PeriodicTask(
          "routing-cache-warm", Warming.INTERVAL, warming, warming::stop, clock);
    }

    /** Runs before the service is ready, but after it has had time to connect to Redis. */
    @Bean
    ApplicationRunner firstWarming(OutboxRelay relay, WarmTasks tasks) {
      return arguments -> {
        relay.awaitFirstAttempt(RelayConfiguration.START_TIMEOUT);
        tasks.warming().awaitFirst(START_TIMEOUT);
      };
    }
  }
}
