package io.voicerouting.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.cache.config.CacheConfiguration;
import io.voicerouting.cache.config.RedisConfiguration;
import io.voicerouting.cache.config.RelayConfiguration;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.RelayDatabase;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.eviction.CompletedPass;
import io.voicerouting.cache.eviction.Evictor;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.OutboxRelay;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.lookup.KeyDemand;
import io.voicerouting.cache.lookup.LookupBudget;
import io.voicerouting.cache.near.InvalidationChannel;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.ClusterNodes;
import io.voicerouting.cache.node.NearTracking;
import io.voicerouting.cache.node.OneNode;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.ClusterTopology;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.PrimaryLocator;
import io.voicerouting.cache.redis.PrimaryWatch;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.RedisServer;
import io.voicerouting.cache.redis.Sentinels;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.PeriodicTask;
import io.voicerouting.cache.support.RedisRefusals;
import io.voicerouting.cache.warm.WarmObserver;
import io.voicerouting.cache.warm.WarmProperties;
import io.voicerouting.cache.warm.WarmTasks;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.SentinelInstance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.unit.DataSize;

/**
 * The engine of one instance of the service, assembled like {@link CacheConfiguration} and the
 * other configurations do it. Its relay makes a pass only when the test requests it.
 */
public final class EngineInstance implements AutoCloseable {

  private static final Duration KEEP_DONE = Duration.ofHours(1);
  static final Duration NEGATIVE_TTL = Duration.ofSeconds(60);

  public static final int NEGATIVE_ENTRIES = 50; // a minute; tests have organizations of their own

  private static final Duration HANDSHAKE = Duration.ofMillis(500);

  /** Of instances with long timeouts: for Redis and for the relay's database. */
  private static final Duration LONG_HANDSHAKE = Duration.ofSeconds(10);

  /**
   * The clock of everything except trust and the near cache, so that a test can stop only theirs.
   */
  private static final NanoClock CLOCK = NanoClock.system();

  private static final Duration LONG = Duration.ofSeconds(60);

  /** How long a test's pass waits for a primary that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final CacheProperties.Near NEAR =
      new CacheProperties.Near(true, Duration.ofSeconds(30), DataSize.ofMegabytes(16));

  private static final CacheProperties.Near NO_NEAR =
      new CacheProperties.Near(false, NEAR.ttl(), NEAR.maxSize());

  /** Timeouts that never elapse by accident, however busy the machine is. */
  public static final CacheProperties LONG_TIMEOUTS = properties(Duration.ofSeconds(20));

  /** The default timeout of commands. */
  static final CacheProperties SHORT_TIMEOUT = properties(Duration.ofMillis(100));

  /** The defaults of {@link CacheProperties}. */
  public static final CacheProperties AS_DEPLOYED = asDeployed(NEAR);

  /** The same without a near cache. */
  static final CacheProperties AS_DEPLOYED_WITHOUT_NEAR = asDeployed(NO_NEAR);

  /** As {@link #LONG_TIMEOUTS}, without a near cache. */
  static final CacheProperties WITHOUT_NEAR =
      new CacheProperties(
          Duration.ofSeconds(20),
          LONG,
          LONG,
          LONG,
          Duration.ofMillis(100),
          LONG,
          16,
          NEGATIVE_ENTRIES,
          NO_NEAR);

  private static final Set<EngineInstance> OPEN = ConcurrentHashMap.newKeySet();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final NanoClock clock;
  private final CoherenceDatabase database;
  private final RedisClient client;
  private final PrimaryLocator locator;
  private final @Nullable ClusterTopology topology; // null: no cluster
  private final RedisNodes nodes;
  private final Evictor evictor;
  private final OrganizationEvictions organizations;
  private final Outbox outbox;
  private final RelayDatabase relayDatabase;
  private final OutboxRelay relay;
  private final PeriodicTask relayThread;
  private final NearTracking tracker;
  private final PeriodicTask trackerThread;
  private final PeriodicTask watchThread;
  private final PostCommitEvictor evictions;
  private final CacheMeters meters;
  private final CacheAsideEngine engine;
  private final KeyDemand demand = new KeyDemand(true);
  private final WarmObserver warmObserver = new WarmObserver(registry, true);
  private final CacheProperties properties;
  private final HookedExtensions extensions;
  private final DatabaseAvailability availability;
  private final RelayObserver observer;
  private volatile Duration lookupBudget;
  private final AtomicInteger relayConnections = new AtomicInteger();
  private volatile boolean relayCutOff;
  private volatile boolean losesRelayConnection;
  private volatile Runnable duringNextPass = () -> {};

  public EngineInstance(RedisInstance redis, CacheProperties properties, NanoClock clock) {
    this(redis.port(), properties, HookedExtensions.TTL, clock);
  }

  /** An instance with these TTLs. */
  public EngineInstance(RedisInstance redis, CacheTtls.Ttl ttls, NanoClock clock) {
    this(
        RedisURI.create("localhost", redis.port()),
        List.of(),
        List.of(),
        LONG_TIMEOUTS,
        new Documents(1, ttls),
        clock);
  }

  /** An instance of a version of the service whose documents have this schema version. */
  EngineInstance(
      RedisInstance redis, CacheProperties properties, int schemaVersion, NanoClock clock) {
    this(
        RedisURI.create("localhost", redis.port()),
        List.of(),
        List.of(),
        properties,
        new Documents(schemaVersion, ttls(HookedExtensions.TTL)),
        clock);
  }

  /** An instance that is given the addresses of these servers of a Redis Cluster. */
  EngineInstance(RedisCluster cluster, CacheProperties properties, NanoClock clock) {
    this(
        RedisURI.create("localhost", 1),
        List.of(),
        cluster.uris(),
        properties,
        Documents.DEFAULTS,
        clock);
  }

  /** An instance that is given the addresses of these Sentinels. */
  EngineInstance(List<SentinelInstance> sentinels, CacheProperties properties, NanoClock clock) {
    this(
        RedisURI.create("localhost", 1),
        sentinels,
        List.of(),
        properties,
        Documents.DEFAULTS,
        clock);
  }

  EngineInstance(int redisPort, CacheProperties properties, Duration ttl, NanoClock clock) {
    this(
        RedisURI.create("localhost", redisPort),
        List.of(),
        List.of(),
        properties,
        new Documents(1, ttls(ttl)),
        clock);
  }

  /** Schema version and TTLs of an instance's documents. */
  private record Documents(int schemaVersion, CacheTtls.Ttl ttls) {
    static final Documents DEFAULTS = new Documents(1, EngineInstance.ttls(HookedExtensions.TTL));
  }

  private static CacheTtls.Ttl ttls(Duration ttl) {
    return new CacheTtls.Ttl(ttl, ttl, NEGATIVE_TTL);
  }

  private EngineInstance(
      RedisURI server,
      List<SentinelInstance> sentinels,
      List<RedisURI> cluster,
      CacheProperties properties,
      Documents documents,
      NanoClock clock) {
    OPEN.add(this);
    this.clock = clock;
    this.properties = properties;
    lookupBudget = properties.lookupBudget();
    database = CoherenceDatabase.get();
    extensions = new HookedExtensions(database, documents.schemaVersion());
    List<CachedResource<?>> resources = List.of(extensions);
    boolean patient = PATIENCE.compareTo(properties.commandTimeout()) < 0;
    Duration handshake = patient ? LONG_HANDSHAKE : HANDSHAKE; // the latter as the service has it
    server.setTimeout(handshake);
    client = RedisClient.create(server);
    client.setOptions(options());
    locator =
        sentinels.isEmpty() ? standalone() : new Sentinels(() -> client, group(sentinels), server);
    cluster.forEach(seed -> seed.setTimeout(handshake));
    topology = cluster.isEmpty() ? null : new ClusterTopology(client, cluster, registry, clock);
    nodes =
        topology == null
            ? OneNode.of(locator, properties, clock)
            : clusterNodes(topology, properties);
    EntryEvents events = new EntryEvents(InstantSource.system());
    meters = new CacheMeters(registry, resources, events, CacheSpans.OFF, clock);
    CacheTtls ttls = new CacheTtls(Map.of(extensions.name(), documents.ttls()));
    organizations = CacheConfiguration.organizationEvictions(properties, ttls, clock);
    evictor = new Evictor(meters, nodes, organizations, resources);
    outbox = new Outbox(database.dataSource());
    availability = new DatabaseAvailability(clock);
    relayDatabase = new RelayDatabase(database.settings(), availability::recordRefusal);
    if (patient) {
      waitLongForRelayDatabase();
    }
    observer = new RelayObserver(registry, nodes, availability, events, clock);
    relay =
        new OutboxRelay(
            new RelaySource(),
            organizations,
            availability,
            nodes,
            evictor,
            observer,
            KEEP_DONE,
            patient ? PATIENCE : properties.passInterval(),
            clock);
    relayThread = new PeriodicTask("relay", properties.passInterval(), relay, relay::end, CLOCK);
    tracker = new NearTracking(nodes, resources, RelayConfiguration.PING_INTERVAL, clock);
    trackerThread =
        new PeriodicTask("tracker", RelayConfiguration.PING_INTERVAL, tracker, () -> {}, CLOCK);
    watchThread =
        new PeriodicTask(
            "watch",
            topology == null ? PrimaryWatch.INTERVAL : ClusterTopology.INTERVAL,
            primaryWatch(),
            () -> {},
            CLOCK);
    evictions = evictions(database.dataSource(), CLOCK);
    engine =
        new CacheAsideEngine(
            properties,
            ttls,
            resources,
            nodes,
            organizations,
            meters,
            demand,
            availability,
            () ->
                new LookupBudget(
                    lookupBudget, properties.loadTimeout(), availability::isDown, CLOCK),
            InstantSource.system(),
            clock,
            CLOCK);
  }

  /** An instance that trusts Redis as long as the clock stands. */
  public static EngineInstance trusting(RedisInstance redis, NanoClock clock) {
    return trusting(redis.port(), clock);
  }

  /** An instance that connects to Redis through a proxy. */
  public static EngineInstance trusting(int redisPort, NanoClock clock) {
    EngineInstance instance =
        new EngineInstance(redisPort, LONG_TIMEOUTS, HookedExtensions.TTL, clock);
    await().until(instance::trusts); // the first pass is the full one, which adopts the connection
    return instance;
  }

  /** One that uses a Redis Cluster. */
  public static EngineInstance trusting(RedisCluster cluster, NanoClock clock) {
    EngineInstance instance = new EngineInstance(cluster, LONG_TIMEOUTS, clock);
    await().until(instance::trusts);
    return instance;
  }

  /** One that is given the addresses of Sentinels. */
  public static EngineInstance trusting(List<SentinelInstance> sentinels, NanoClock clock) {
    EngineInstance instance = new EngineInstance(sentinels, LONG_TIMEOUTS, clock);
    await().until(instance::trusts);
    return instance;
  }

  private void waitLongForRelayDatabase() {
    try {
      HikariDataSource pool = relayDatabase.dataSource().unwrap(HikariDataSource.class);
      pool.setConnectionTimeout(LONG_HANDSHAKE.toMillis());
      pool.setValidationTimeout(LONG_HANDSHAKE.toMillis());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private RedisNodes clusterNodes(ClusterTopology topology, CacheProperties properties) {
    return new ClusterNodes(topology, properties, clock);
  }

  /** The only node: without Redis Cluster. */
  private RedisNode node() {
    return nodes.all().getFirst();
  }

  private PrimaryLocator standalone() {
    return last -> List.of(new RedisServer.Configured(client, "standalone:6379"));
  }

  private static RedisURI group(List<SentinelInstance> sentinels) {
    RedisURI.Builder group = RedisURI.builder().withTimeout(HANDSHAKE);
    sentinels.forEach(sentinel -> group.withSentinel(sentinel.host(), sentinel.port()));
    return group.withSentinelMasterId(sentinels.getFirst().group()).build();
  }

  /** Those of the service. */
  private static ClientOptions options() {
    ClientOptions.Builder options = ClientOptions.builder();
    new RedisConfiguration().noReconnect().customize(options);
    return options.build();
  }

  private static CacheProperties asDeployed(CacheProperties.Near near) {
    return new CacheProperties(
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofMillis(100),
        Duration.ofSeconds(3),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        16,
        NEGATIVE_ENTRIES,
        near);
  }

  private static CacheProperties properties(Duration commandTimeout) {
    return properties(commandTimeout, LONG);
  }

  /** Nothing else is ever over by accident. */
  static CacheProperties properties(Duration commandTimeout, Duration lookupBudget) {
    return new CacheProperties(
        commandTimeout,
        lookupBudget,
        LONG,
        LONG,
        Duration.ofMillis(100),
        LONG,
        16,
        NEGATIVE_ENTRIES,
        NEAR);
  }

  /** One pass, and its rows marked done, as the relay's thread does it. */
  void pass() {
    for (CompletedPass completed : relay.pass()) {
      outbox.markDone(completed);
    }
  }

  /** Makes a pass; whether Redis is trusted then. */
  public boolean trusts() {
    pass();
    return !nodes.all().isEmpty()
        && nodes.all().stream()
            .allMatch(node -> node.trust().state() instanceof Trust.State.Trusted);
  }

  /** One pass and the housekeeping that follows it, as the relay's thread does it. */
  void round() {
    relay.run();
  }

  /** From now on passes are made by the relay's own thread. */
  void startRelay() {
    relayThread.start();
  }

  /** Queries the Sentinels, or the cluster, once, as the service does once a second. */
  void watch() {
    if (topology == null) {
      primaryWatch().run();
    } else {
      topology.query();
    }
  }

  /** The same, if a second has passed or there is a sign of a change. */
  void watchIfDue() {
    topology().run();
  }

  /** How often this instance has seen primaries or slots of its cluster change. */
  double topologyChanges() {
    return registry.get("routing.cache.topology.changes").counter().count();
  }

  private ClusterTopology topology() {
    return Objects.requireNonNull(topology, "there is no cluster");
  }

  private Runnable primaryWatch() {
    if (topology != null) {
      return topology;
    }
    return locator instanceof Sentinels sentinels
        ? new PrimaryWatch(node().connections(), sentinels, node().trust(), clock)
        : () -> {};
  }

  /** From now on a separate thread queries the Sentinels. */
  void startWatch() {
    watchThread.start();
  }

  /** From now on a separate thread tracks the near cache. */
  void startTracking() {
    trackerThread.start();
  }

  /** What Redis refused to lookups. */
  RedisRefusals refusals() {
    return meters.refusals();
  }

  /** Records and warms this instance's keys when the test requests it. */
  WarmTasks warmTasks(WarmProperties settings) {
    return new WarmTasks(
        settings,
        properties,
        List.of(extensions),
        nodes,
        engine,
        demand,
        database.dataSource(),
        warmObserver,
        clock);
  }

  CacheSummary.Warming warming() {
    return warmObserver.summary();
  }

  /** Makes the near caches trusted, as after a ping that Redis has answered. */
  void trackUntilTrusted() {
    await()
        .until(
            () -> {
              tracker.run();
              return nodes.all().stream().allMatch(node -> node.near().trusted());
            });
  }

  /**
   * Makes the near caches trusted while the clock advances, so that a pause between two attempts
   * ends, and a session that was lost is opened again.
   */
  void trackUntilTrusted(ManualClock moving) {
    await()
        .until(
            () -> {
              if (connections().connection() == null) {
                pass();
              }
              tracker.run();
              boolean trusted = nodes.all().stream().allMatch(node -> node.near().trusted());
              if (!trusted) {
                moving.advance(Duration.ofSeconds(1));
              }
              return trusted;
            });
  }

  /** Looks a document up until the near cache answers. */
  void awaitNearHit(CacheKey key) {
    await()
        .until(
            () -> {
              track();
              double before = nearHits();
              lookup(key);
              return nearHits() > before;
            });
  }

  /** One step of the near cache's tracker. */
  public void track() {
    tracker.run();
  }

  /**
   * Makes the near cache trusted, but tracks a prefix that no key has, so that no invalidation
   * arrives.
   */
  InvalidationChannel trackWithoutInvalidations() {
    InvalidationChannel channel =
        InvalidationChannel.begin(
            connections().openForTracking(),
            connections().requireConnection(),
            List.of("routing:nothing:"),
            near(),
            clock);
    channel.ping();
    return channel;
  }

  NearCache near() {
    return node().near();
  }

  public ConnectionHolder connections() {
    return node().connections();
  }

  public Lookup<HookedExtensions.Document> lookup(CacheKey key) {
    return engine.get(extensions, key);
  }

  /** The lookups of one request. */
  Function<CacheKey, Lookup<HookedExtensions.Document>> request(List<CacheKey> expected) {
    RequestReader reader = reader();
    reader.expect(() -> expected);
    return key -> lookup(reader, key);
  }

  RequestReader reader() {
    return engine.forRequest();
  }

  Lookup<HookedExtensions.Document> lookup(RequestReader reader, CacheKey key) {
    return reader.get(extensions, key.organizationId(), key.identifier());
  }

  /** What a lookup answers; null when it answers no document. */
  public @Nullable String displayName(CacheKey key) {
    return displayName(lookup(key));
  }

  public static @Nullable String displayName(Lookup<HookedExtensions.Document> lookup) {
    return lookup instanceof Lookup.Found<HookedExtensions.Document> found
        ? found.value().displayName()
        : null;
  }

  /** A write as the service makes it: acknowledged when this returns. */
  public void write(CacheKey key, String displayName) {
    evictions.evict(database.commit(key, displayName));
  }

  /** What a writer does between its commit and its answer. */
  void evict(List<OutboxRow> rows) {
    evictions.evict(rows);
  }

  long clear(long organizationId) {
    return evictions.clear(organizationId, null);
  }

  /** Deletes the index of an organization's keys, if there is a session. */
  void loseIndex(long organizationId) {
    RedisConnection connection = nodes.connection(RedisKeys.index(organizationId));
    if (connection != null) {
      var unused = connection.commands().del(RedisKeys.index(organizationId));
    }
  }

  /** Waits until Redis has answered all that was sent on the connection of the lookups. */
  void awaitReplies() {
    RedisConnection connection = connections().requireConnection();
    var unused =
        connection.replies().await(connection.commands().ping(), Deadline.after(LONG, CLOCK));
  }

  /** Who holds the lease of a key; null when nobody does. */
  public @Nullable String leaseOwner(CacheKey key) {
    StoredValue lease =
        PendingRead.send(
                nodes.of(key).connections().requireConnection(), RedisKeys.lease(key.redisKey()))
            .await(Deadline.after(LONG, CLOCK));
    return lease == null ? null : new String(lease.bytes(), UTF_8);
  }

  /** Whether the relay's database connection fails from now on. */
  void cutRelayOff(boolean cutOff) {
    relayCutOff = cutOff;
  }

  /** How often the relay has taken a connection to the database. */
  int relayConnections() {
    return relayConnections.get();
  }

  /** PostgreSQL ends the relay's next database connection before the relay has used it. */
  void loseNextRelayConnection() {
    losesRelayConnection = true;
  }

  /** Sets the budget of lookups that begin from now on. */
  void lookupBudget(Duration budget) {
    lookupBudget = budget;
  }

  /** Whether lookups treat the database as down. */
  boolean isDatabaseDown() {
    return availability.isDown();
  }

  /** Sets what the relay runs before its next database query, which is the one for open rows. */
  void duringNextPass(Runnable hook) {
    duringNextPass = hook;
  }

  /** Closes the connection to Redis. It is replaced only when the test runs a pass. */
  void disconnect() {
    nodes.all().forEach(node -> node.connections().close());
  }

  /** Ends trust, as after a command that got no reply in time. */
  void loseTrust() {
    nodes.all().forEach(node -> node.trust().suspect());
  }

  /** How many sessions there were. */
  double adoptedConnections() {
    return registry.get("routing.cache.redis.connections").counter().count();
  }

  /** Whether there is a session on the primary of a key. */
  boolean connected(CacheKey key) {
    return nodes.of(key).connections().connection() != null;
  }

  boolean connected() {
    return nodes.all().stream().anyMatch(node -> node.connections().connection() != null);
  }

  /** The eviction after a commit, for a transaction manager. */
  PostCommitEvictor evictions() {
    return evictions;
  }

  /** The eviction after a commit, with its own database and clock. */
  PostCommitEvictor evictions(DataSource dataSource, NanoClock writerClock) {
    return new PostCommitEvictor(nodes, evictor, dataSource, meters, writerClock);
  }

  RedisNodes nodes() {
    return nodes;
  }

  OrganizationEvictions organizations() {
    return organizations;
  }

  Trust trustOfRedis() {
    return node().trust();
  }

  private static List<String> reignsInUse() {
    return OPEN.stream()
        .flatMap(instance -> instance.nodes.all().stream())
        .map(node -> node.connections().connection())
        .filter(Objects::nonNull)
        .map(connection -> connection.reign(Deadline.after(LONG, CLOCK)))
        .toList();
  }

  /** The reign of the primary in use. */
  String reign() {
    return connections().requireConnection().reign(Deadline.after(LONG, CLOCK));
  }

  /** The reign of the primary in use for a key. */
  String reign(CacheKey key) {
    return nodes.of(key).connections().requireConnection().reign(Deadline.after(LONG, CLOCK));
  }

  boolean trusted() {
    return trust() instanceof Trust.State.Trusted;
  }

  Trust.State trust() {
    return node().trust().state();
  }

  /** Whether a document would be looked up in Redis now. */
  boolean trusts(CacheKey key) {
    int slot = nodes.slotOf(key);
    return nodes.at(slot).trust().stateAt(clock.getAsLong(), slot) instanceof Trust.State.Trusted;
  }

  public HookedExtensions extensions() {
    return extensions;
  }

  /** How many loads have failed. */
  double failedLoads() {
    return registry.get("routing.cache.loads.failed").counter().count();
  }

  /** How many lookups the near cache has answered. */
  public double nearHits() {
    return registry.get("routing.cache.near.hits").counter().count();
  }

  /** How many negative entries were not stored, because there were too many. */
  public double negativeEntriesOverLimit() {
    return registry.get("routing.cache.negative.over.limit").counter().count();
  }

  CacheSummary.Outbox backlog() {
    return observer.outbox();
  }

  public CacheSummary.ResourceFigures figures() {
    return meters.of(extensions).figures();
  }

  @Override
  public void close() {
    relayThread.stop();
    OPEN.remove(this);
    database.forgetReignsExcept(reignsInUse()); // a writer of a later test would wait for them
    watchThread.stop();
    trackerThread.stop();
    tracker.end();
    relay.end();
    nodes.close();
    relayDatabase.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  private final class RelaySource extends DelegatingDataSource {
    RelaySource() {
      super(relayDatabase.dataSource());
    }

    @Override
    public Connection getConnection() throws SQLException {
      Runnable hook = duringNextPass;
      duringNextPass = () -> {};
      hook.run();
      relayConnections.incrementAndGet();
      if (relayCutOff) {
        throw new SQLException("The relay is cut off");
      }
      Connection connection = super.getConnection();
      if (PATIENCE.compareTo(properties.commandTimeout()) < 0) {
        connection.setNetworkTimeout(
            Runnable::run, (int) LONG_HANDSHAKE.toMillis()); // until it is given back
      }
      if (losesRelayConnection) {
        losesRelayConnection = false;
        end(connection);
      }
      return connection;
    }

    private void end(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet backend = statement.executeQuery("select pg_backend_pid()")) {
        backend.next();
        database
            .jdbc()
            .queryForObject(
                "select pg_terminate_backend(?, 60000)", Boolean.class, backend.getInt(1));
      }
    }
  }
}
