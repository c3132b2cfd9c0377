package io.voicerouting.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is asked: six in ten for documents that have been asked for before, three for documents that
 * change all the time, one for what nobody asked for before. One thread.
 */
final class Questions {

  /** Organizations whose first extension and schedule are written, half by each writer. */
  static final int WRITTEN = 20;

  private static final int WARM = 10;

  private final SampleData data;
  private final List<WrittenCell> cells;
  private final Random random = new Random(20261125);
  private int cold;

  Questions(SampleData data, List<WrittenCell> cells) {
    this.data = data;
    this.cells = cells;
  }

  Question next() {
    int tenth = random.nextInt(10);
    if (tenth == 0) {
      return cold();
    }
    return tenth <= 3 ? written() : warm();
  }

  private Question written() {
    WrittenCell cell = cells.get(random.nextInt(cells.size()));
    return !cell.isSchedule() && random.nextBoolean()
        ? Question.of(cell, Endpoint.DECISION)
        : Question.of(cell);
  }

  private Question warm() {
    int kind = random.nextInt(6);
    Endpoint endpoint =
        kind == 0 ? Endpoint.BUSINESS_HOURS : kind <= 2 ? Endpoint.DECISION : Endpoint.EXTENSION;
    return warm(endpoint, WRITTEN + 1 + random.nextInt(WARM), random.nextInt(data.extensions()));
  }

  private static Question warm(Endpoint endpoint, long organizationId, int extension) {
    return new Question(
        endpoint, organizationId, SampleData.FIRST_NUMBER + extension, Question.Kind.WARM, null);
  }

  private Question cold() {
    int next = cold++;
    int organizations = data.organizations() - WRITTEN - WARM;
    return new Question(
        next % 4 == 0 ? Endpoint.DECISION : Endpoint.EXTENSION,
        WRITTEN + WARM + 1 + next % organizations,
        SampleData.FIRST_NUMBER + next / organizations % data.extensions(),
        Question.Kind.COLD,
        null);
  }

  /** Everything that is called warm, once. */
  List<Question> allWarm() {
    List<Question> all = new ArrayList<>();
    for (int organization = WRITTEN + 1; organization <= WRITTEN + WARM; organization++) {
      all.add(warm(Endpoint.BUSINESS_HOURS, organization, 0));
      all.add(warm(Endpoint.DECISION, organization, 0));
      for (int extension = 0; extension < data.extensions(); extension++) {
        all.add(warm(Endpoint.EXTENSION, organization, extension)); // decisions may do without it
      }
    }
    return all;
  }
}
