package io.voicerouting.cache.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.resource.ClientResources;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedisEventLoopsTest {

  private final RedisEventLoops loops = new RedisEventLoops();

  /** Stands for the network: counts messages, and the system calls that would write them. */
  private static final class Network extends ChannelOutboundHandlerAdapter {
    private int messages;
    private int calls;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      messages++;
      promise.setSuccess();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      calls++;
    }
  }

  @Test
  void whatGathersIsWrittenAtOnce() {
    Network network = new Network();
    EmbeddedChannel channel = new EmbeddedChannel();
    loops.afterChannelInitialized(channel);
    channel.pipeline().addFirst(network);

    for (int i = 0; i < 3; i++) {
      var unused = channel.pipeline().writeAndFlush("GET"); // runs no tasks
    }

    assertThat(network.calls).isZero();
    channel.runPendingTasks();
    assertThat(network.calls).isEqualTo(1);
    assertThat(network.messages).isEqualTo(3);
    loops.close();
  }

  @Test
  @SuppressWarnings("deprecation") // Lettuce tells its kinds of groups apart by this class
  void threadsAreFewAndStop() throws InterruptedException {
    ClientResources.Builder builder = ClientResources.builder();
    loops.customize(builder);
    ClientResources resources = builder.build();
    EventLoopGroup group =
        resources.eventLoopGroupProvider().allocate(io.netty.channel.nio.NioEventLoopGroup.class);

    assertThat(resources.eventLoopGroupProvider().threadPoolSize())
        .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 4));
    resources.shutdown(0, 1, TimeUnit.SECONDS).await();
    loops.close();
    assertThat(group.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }
}
