package io.voicerouting.bench.faults;

import io.voicerouting.bench.Endpoint;
import io.voicerouting.bench.SampleData;
import io.voicerouting.bench.faults.LookupRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The mix of lookups: 60 % of documents looked up before, 30 % of versioned documents, 10 % of
 * documents never looked up before. Not thread-safe.
 */
final class RequestMix {

  /** The organizations 1 to this one have versioned documents. */
  static final int WRITTEN_ORGANIZATIONS = 20;

  private static final int WARM_ORGANIZATIONS = 10;
  private static final SampleData DATA = FaultData.SAMPLES;

  private final List<VersionedDocument> documents;
  private final Random random = new Random(20261125);
  private int cold;

  RequestMix(List<VersionedDocument> documents) {
    this.documents = documents;
  }

  LookupRequest next() {
    int tenth = random.nextInt(10);
    if (tenth == 0) {
      return cold();
    }
    return tenth <= 3 ? written() : warm();
  }

  private LookupRequest written() {
    VersionedDocument document = documents.get(random.nextInt(documents.size()));
    return !document.isSchedule() && random.nextBoolean()
        ? LookupRequest.of(document, Endpoint.DECISION)
        : LookupRequest.of(document);
  }

  private LookupRequest warm() {
    int sixth = random.nextInt(6);
    Endpoint endpoint =
        sixth == 0 ? Endpoint.BUSINESS_HOURS : sixth <= 2 ? Endpoint.DECISION : Endpoint.EXTENSION;
    long organizationId = WRITTEN_ORGANIZATIONS + 1L + random.nextInt(WARM_ORGANIZATIONS);
    return lookup(endpoint, organizationId, random.nextInt(DATA.extensions()), Kind.WARM);
  }

  private LookupRequest cold() {
    int next = cold++;
    int first = WRITTEN_ORGANIZATIONS + WARM_ORGANIZATIONS + 1;
    int organizations = DATA.organizations() - first + 1;
    return lookup(
        next % 4 == 0 ? Endpoint.DECISION : Endpoint.EXTENSION,
        first + next % organizations,
        next / organizations % DATA.extensions(),
        Kind.COLD);
  }

  private static LookupRequest lookup(
      Endpoint endpoint, long organizationId, int extension, Kind kind) {
    return new LookupRequest(
        endpoint, organizationId, SampleData.FIRST_NUMBER + extension, kind, null);
  }

  /** Lookups that put everything into the caches that {@link Kind#WARM} lookups need. */
  static List<LookupRequest> allWarm() {
    List<LookupRequest> all = new ArrayList<>();
    for (int i = 1; i <= WARM_ORGANIZATIONS; i++) {
      int organizationId = WRITTEN_ORGANIZATIONS + i;
      all.add(lookup(Endpoint.BUSINESS_HOURS, organizationId, 0, Kind.WARM));
      all.add(lookup(Endpoint.DECISION, organizationId, 0, Kind.WARM));
      for (int extension = 0; extension < DATA.extensions(); extension++) {
        all.add(lookup(Endpoint.EXTENSION, organizationId, extension, Kind.WARM));
      }
    }
    return all;
  }
}
