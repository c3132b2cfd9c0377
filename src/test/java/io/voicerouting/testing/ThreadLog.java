package io.voicerouting.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * What the thread that created this logs. Unlike the output of the process, it has no lines of
 * applications and tests that run beside this one.
 */
public final class ThreadLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Thread thread = Thread.currentThread();
  private final List<String> messages = new CopyOnWriteArrayList<>();

  private ThreadLog() {}

  /** Begins to listen. The caller closes it. */
  public static ThreadLog listen() {
    ThreadLog log = new ThreadLog();
    log.setContext(log.root.getLoggerContext());
    log.start();
    log.root.addAppender(log);
    return log;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (Thread.currentThread().equals(thread)) {
      messages.add(event.getFormattedMessage());
    }
  }

  /** The messages so far, the oldest first. */
  public List<String> messages() {
    return messages;
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
