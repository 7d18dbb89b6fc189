package dev.mapwright.adapters.delivery;

import dev.mapwright.adapters.delivery.Destination.Compression;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;

/// Takes one stream's records, and delivers them from a strand of its own: when enough wait, when
/// the first one has waited long enough, and when it is closed. What S3 does not take is tried
/// again for as long as it takes.
final class Pump {
    private static final System.Logger LOG = System.getLogger(Pump.class.getName());

    /// Beyond this clients are told to slow down.
    static final long WAITING_BYTES_MAX = 1024L * 1024 * 1024;

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);

    private final Journal journal;
    private final ObjectStore objects;
    private final World world;
    private final Strand strand;

    /// Held while numbers are given out and handed to the store in that order; never by the store's
    /// writer.
    private final ReentrantLock ordering = new ReentrantLock();

    private long next;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long delivered;
    private long kept;
    private long waitingBytes;
    private Instant oldest = Instant.MAX;

    /// Changed with the lock held.
    private volatile DeliveryStream stream;

    private boolean closed;

    /// Goes on with what was kept.
    Pump(DeliveryStream stream, Journal journal, ObjectStore objects, World world) {
        this.stream = stream;
        this.journal = journal;
        this.objects = objects;
        this.world = world;
        journal.read(0, Long.MAX_VALUE, this::count);
        this.next = kept;
        this.strand = world.start("firehose " + stream.name(), this::run);
    }

    private void count(long number, Instant arrival, ByteBuffer content) {
        if (oldest.equals(Instant.MAX)) {
            oldest = arrival;
            delivered = number;
        }
        waitingBytes += content.remaining();
        kept = number + 1;
    }

    DeliveryStream stream() {
        return stream;
    }

    /// What is delivered from now on goes where the stream says then.
    void change(DeliveryStream next) {
        lock.lock();
        try {
            stream = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns once the records are durable.
    void put(List<byte[]> contents) throws Refused, InterruptedException {
        long bytes = contents.stream().mapToLong(content -> content.length).sum();
        Instant arrival = world.now();
        refuseTooMuch(bytes);
        Receipt receipt;
        ordering.lockInterruptibly();
        try {
            long first = next;
            next += contents.size();
            long end = next;
            receipt = journal.append(first, arrival, contents, () -> kept(end, bytes, arrival));
        } finally {
            ordering.unlock();
        }
        receipt.await();
    }

    private void refuseTooMuch(long bytes) throws Refused {
        lock.lock();
        try {
            if (closed) {
                throw new Refused(
                        "ResourceNotFoundException",
                        "Firehose %s is being closed".formatted(stream.name()));
            }
            if (waitingBytes + bytes > WAITING_BYTES_MAX) {
                throw new Refused(
                        "ServiceUnavailableException",
                        "Slow down. %,d bytes wait for their delivery to the bucket %s; the log says why"
                                .formatted(waitingBytes, stream.destination().bucket()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void kept(long end, long bytes, Instant arrival) {
        lock.lock();
        try {
            kept = end;
            waitingBytes += bytes;
            if (oldest.equals(Instant.MAX)) {
                oldest = arrival;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Delivers what waits, and ends. What S3 does not take now stays in the journal.
    void close() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        strand.join();
    }

    private void run() throws InterruptedException {
        Duration pause = PAUSE_MIN;
        while (true) {
            boolean isLast = awaitDelivery();
            try {
                deliver();
                pause = PAUSE_MIN;
                if (isLast && isEmpty()) {
                    return;
                }
            } catch (IOException failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Records of {0} could not be delivered to {1}: {2}",
                        stream.name(),
                        stream.destination().bucket(),
                        failure.getMessage());
                if (isLast || pauses(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0
                        ? pause.multipliedBy(2)
                        : PAUSE_MAX;
            }
        }
    }

    /// Whether it was closed meanwhile.
    private boolean pauses(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            Instant end = world.now().plus(pause);
            while (!closed && world.now().isBefore(end)) {
                changed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        lock.lock();
        try {
            return delivered == kept;
        } finally {
            lock.unlock();
        }
    }

    /// Returns when there is something to do: whether for the last time.
    private boolean awaitDelivery() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waitingBytes < stream.destination().bufferBytes()) {
                Duration bufferTime = stream.destination().bufferTime();
                Duration left = oldest.equals(Instant.MAX)
                        ? PAUSE_MAX
                        : Duration.between(world.now(), oldest.plus(bufferTime));
                if (left.isNegative() || left.isZero()) {
                    break;
                }
                changed.await(left.toMillis() + 1, TimeUnit.MILLISECONDS);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void deliver() throws IOException, InterruptedException {
        Optional<Delivery> begun = journal.delivery();
        Delivery delivery;
        if (begun.isPresent()) {
            delivery = begun.get();
        } else {
            Optional<Delivery> decided = decided();
            if (decided.isEmpty()) {
                return;
            }
            delivery = decided.get();
            journal.begin(delivery);
        }
        long bytes = write(delivery);
        journal.end(delivery);
        delivered(delivery, bytes);
    }

    /// The records that wait, up to the size of one object.
    private Optional<Delivery> decided() {
        long from;
        long to;
        lock.lock();
        try {
            from = delivered;
            to = kept;
        } finally {
            lock.unlock();
        }
        var range = new Range(stream.destination().bufferBytes());
        journal.read(from, to, range::add);
        return range.first.map(first -> new Delivery(key(first), from, range.end));
    }

    private static final class Range {
        private final long bytesMax;
        private long bytes;
        private long end;
        private Optional<Instant> first = Optional.empty();

        Range(long bytesMax) {
            this.bytesMax = bytesMax;
        }

        void add(long number, Instant arrival, ByteBuffer content) {
            if (bytes < bytesMax) {
                first = first.or(() -> Optional.of(arrival));
                bytes += content.remaining();
                end = number + 1;
            }
        }
    }

    /// https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
    private String key(Instant first) {
        Destination to = stream.destination();
        String random = world.uuid().toString();
        return "%s%s-1-%s-%s%s"
                .formatted(
                        to.prefix().at(first, () -> random.substring(0, 8)),
                        stream.name(),
                        TIME.format(first),
                        random,
                        to.suffix());
    }

    /// Returns how many bytes the records had.
    private long write(Delivery delivery) throws IOException, InterruptedException {
        Destination to = stream.destination();
        byte[] delimiter = to.delimiter().getBytes(StandardCharsets.UTF_8);
        var object = new ObjectOutput(objects, to.bucket(), delivery.key());
        var bytes = new LongAdder();
        boolean isWritten = false;
        try {
            OutputStream out =
                    to.compression() == Compression.GZIP ? new GZIPOutputStream(object) : object;
            journal.read(delivery.from(), delivery.to(), (_, _, content) -> {
                bytes.add(content.remaining());
                out.write(content.array(), content.position(), content.remaining());
                out.write(delimiter);
            });
            out.close();
            isWritten = true;
            return bytes.sum();
        } finally {
            if (!isWritten) {
                object.abort();
            }
        }
    }

    private void delivered(Delivery delivery, long bytes) {
        Optional<Instant> first = journal.firstArrival(delivery.to());
        lock.lock();
        try {
            delivered = delivery.to();
            waitingBytes -= bytes;
            oldest = delivered == kept ? Instant.MAX : first.orElseGet(world::now);
        } finally {
            lock.unlock();
        }
    }
}
