package io.voicerouting.cache.config;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;

/**
 * Lets few threads serve all connections to Redis, and each write what has gathered in one system
 * call. A request without near cache asks several primaries of a cluster at once: with a thread for
 * each of them, it would wake all of these threads.
 */
final class RedisEventLoops
    implements ClientResourcesBuilderCustomizer, NettyCustomizer, AutoCloseable {

  private static final int PROCESSORS_PER_LOOP = 4;
  private static final int MOST_FLUSHES = 256; // that one write stands for
  private static final long STOP_SECONDS = 2;

  private final EventLoopGroupProvider loops =
      new DefaultEventLoopGroupProvider(
          Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_PER_LOOP));

  @Override
  public void customize(ClientResources.Builder resources) {
    resources.eventLoopGroupProvider(loops).nettyCustomizer(this);
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_FLUSHES, true));
  }

  /** Lettuce stops only threads that it has started without being told how many. */
  @Override
  public void close() {
    var unused = loops.shutdown(0, STOP_SECONDS, TimeUnit.SECONDS);
  }
}
