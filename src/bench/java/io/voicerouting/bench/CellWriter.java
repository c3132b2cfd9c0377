package io.voicerouting.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes growing numbers into documents, one after the other, as fast as they are acknowledged. */
abstract class CellWriter implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final List<WrittenCell> cells;
  private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "writer");
  private volatile boolean running = true;

  CellWriter(List<WrittenCell> cells, WrittenCell.Writer writer) {
    this.cells = cells.stream().filter(cell -> cell.writer() == writer).toList();
  }

  /** What a writer was told. */
  enum Outcome {
    /** Saved. */
    SAVED,
    /** Not saved. */
    REFUSED,
    /** Nothing that could be relied on. */
    UNKNOWN
  }

  /**
   * One write.
   *
   * @param nanos until the writer was told
   */
  record Write(Outcome outcome, long nanos) {}

  /** Writes; returns when the writer has been told. */
  abstract Outcome write(WrittenCell cell, int version);

  /** A write has just been acknowledged. */
  void saved(WrittenCell cell, int version) {
    // For those who want to know.
  }

  void start() {
    thread.start();
  }

  private void run() {
    for (int turn = 0; running; turn++) {
      WrittenCell cell = cells.get(turn % cells.size());
      int version = cell.nextVersion();
      long start = System.nanoTime();
      Outcome outcome = write(cell, version);
      switch (outcome) {
        case SAVED -> {
          cell.acknowledged(version);
          saved(cell, version);
        }
        case REFUSED -> cell.refused(version);
        case UNKNOWN -> {
          // It may be seen or not.
        }
      }
      writes.add(new Write(outcome, System.nanoTime() - start));
      ServiceProcess.sleep(PAUSE);
    }
  }

  /** The writes since the last call. */
  List<Write> take() {
    List<Write> taken = new ArrayList<>();
    for (Write one = writes.poll(); one != null; one = writes.poll()) {
      taken.add(one);
    }
    return taken;
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw ServiceProcess.interrupted(e);
    }
  }
}
