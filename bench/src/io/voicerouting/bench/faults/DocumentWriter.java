package io.voicerouting.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes growing version numbers into its documents, one after the other. */
abstract class DocumentWriter {

  private final List<VersionedDocument> documents;
  private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
  private int turn;

  DocumentWriter(List<VersionedDocument> documents, VersionedDocument.WritePath path) {
    this.documents = documents.stream().filter(one -> one.writePath() == path).toList();
  }

  /** What the writer knows of a write. */
  enum Outcome {
    SAVED,
    REFUSED,
    UNKNOWN
  }

  /**
   * One write.
   *
   * @param nanos time until the writer knew the outcome
   */
  record Write(Outcome outcome, long nanos) {}

  /** Writes one version and waits for the outcome. */
  abstract Outcome write(VersionedDocument document, int version);

  /** Writes the next version of the next document. Called by one thread at a time. */
  void writeNext() {
    VersionedDocument document = documents.get(turn++ % documents.size());
    int version = document.nextVersion();
    long start = System.nanoTime();
    Outcome outcome = write(document, version);
    if (outcome == Outcome.SAVED) {
      document.acknowledged(version);
    } else if (outcome == Outcome.REFUSED) {
      document.refused(version);
    }
    writes.add(new Write(outcome, System.nanoTime() - start));
  }

  /** Removes and returns the writes so far. */
  List<Write> drain() {
    List<Write> drained = new ArrayList<>();
    writes.drainTo(drained);
    return drained;
  }
}
