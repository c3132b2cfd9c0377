# Build stage: the wrapper downloads Maven; the image has the JDK that the toolchain requires.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# A build of one empty class downloads all that the build needs, Error Prone included, into a layer that changes with the
# pom alone; dependency:go-offline leaves out the compiler's plugins.
RUN mkdir -p src/main/java/io/voicerouting \
    && echo 'package io.voicerouting; class Empty {}' > src/main/java/io/voicerouting/Empty.java \
    && ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspring-boot.repackage.skip=true package \
    && rm -r src target
COPY src src
# For the start-up line and /actuator/info. The build sees no history of Git:
#   docker build --build-arg COMMIT="$(git rev-parse HEAD)" --build-arg COMMIT_TIME="$(git log -1 --format=%cI)" ...
ARG COMMIT=
ARG COMMIT_TIME=
# Tests need servers. They are run before an image is built.
RUN if [ -n "$COMMIT" ]; then \
      printf 'git.commit.id.abbrev=%.7s\ngit.commit.time=%s\n' \
        "$COMMIT" "$COMMIT_TIME" > src/main/resources/git.properties; fi \
    && ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dmaven.gitcommitid.skip=true package \
    && java -Djarmode=tools -jar target/voice-routing-cache-*.jar extract --layers --launcher --destination extracted

# Run stage: dependencies change rarely and come first, so that a new version of the service is one small layer.
FROM eclipse-temurin:25-jre
RUN groupadd --gid 10001 routing \
    && useradd --uid 10001 --gid routing --no-create-home --shell /usr/sbin/nologin routing
WORKDIR /app
# The image says which time zone rules it has: in the output of this step, and in a file of it:
#   docker run --rm --entrypoint cat voice-routing-cache /app/tzdata
RUN version="$(tail --bytes=+12 "$JAVA_HOME/lib/tzdb.dat" | head --bytes=5)" \
    && echo "$version" | grep --quiet --extended-regexp '^20[0-9]{2}[a-z]$' \
    && echo "$version" > tzdata && echo "Time zone rules: $version"
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/spring-boot-loader/ ./
COPY --from=build /build/extracted/snapshot-dependencies/ ./
COPY --from=build /build/extracted/application/ ./
# A numeric id lets a platform verify that the user is not root.
USER 10001:10001
ENV SERVER_PORT=8080
# Two malloc arenas, not eight for each processor: each keeps freed memory of its own.
ENV MALLOC_ARENA_MAX=2
# Bounds of the heap and of everything outside it. To change one of them, set JDK_JAVA_OPTIONS to this value and the change
# after it: "@/app/jvm.options -XX:MaxRAMPercentage=50".
COPY ops/jvm.options /app/jvm.options
ENV JDK_JAVA_OPTIONS="@/app/jvm.options"
EXPOSE 8080
# The image has no curl; bash sends the request.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/localhost/$SERVER_PORT && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -qE ' (200|400)'"]
ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]
