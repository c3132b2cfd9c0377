package io.voicerouting;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Ends the process at once if it gets a signal to stop while it starts. Spring Boot's own hook
 * would interrupt a start that waits, which then fails with stack traces, or else wait for its end.
 * Nothing is lost: requests are accepted at the end of a start, and each migration is one
 * transaction.
 */
final class StopDuringStart implements ApplicationListener<ApplicationEvent> {

  /** What the JVM itself reports after a SIGTERM. */
  private static final int TERMINATED = 143;

  private final Thread halt = new Thread(() -> Runtime.getRuntime().halt(TERMINATED), "halt");

  private StopDuringStart() {}

  /** Adds this to a service that is about to start. */
  static void endsProcess(SpringApplication service) {
    StopDuringStart stop = new StopDuringStart();
    Runtime.getRuntime().addShutdownHook(stop.halt);
    service.setRegisterShutdownHook(false);
    service.addListeners(stop);
  }

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    if (event instanceof ApplicationFailedEvent) {
      Runtime.getRuntime().removeShutdownHook(halt);
    } else if (event instanceof ContextRefreshedEvent refreshed
        && refreshed.getApplicationContext() instanceof ConfigurableApplicationContext started
        && started.getParent() == null) {
      Runtime.getRuntime().removeShutdownHook(halt);
      started.registerShutdownHook();
    }
  }
}
