package dev.mapwright.engine.execution;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The versions that are kept. Their keys count down, so that a listing begins with the newest.
final class Versions {
    private static final String VERSION = "version";

    private final Store store;

    Versions(Store store) {
        this.store = store;
    }

    Optional<Version> find(String versionArn) {
        Reference reference = Reference.of(versionArn);
        return reference.versionNumber().flatMap(number -> find(reference.machineArn(), number));
    }

    Optional<Version> find(String machineArn, int number) {
        return store.document(VERSION, key(machineArn, number)).map(Version::of);
    }

    /// Newest first.
    Page<Version> list(String machineArn, int limit, Optional<String> pageToken) {
        Page<Document> page = store.documents(VERSION, prefix(machineArn), limit, pageToken);
        return new Page<>(
                page.items().stream()
                        .map(document -> Version.of(document.content()))
                        .toList(),
                page.nextToken());
    }

    /// The version that follows all there ever were, if there is room for it.
    Version next(Machine machine, Publication publication, Instant now) throws Refused {
        int most = Quotas.VERSIONS_PER_MACHINE_MAX;
        if (list(machine.arn(), most, Optional.empty()).items().size() >= most) {
            throw new Refused(
                    "ServiceQuotaExceededException",
                    "A state machine has at most %,d versions: delete one of '%s' first."
                            .formatted(most, machine.arn()));
        }
        return new Version(
                machine.arn(),
                machine.versionCount() + 1,
                machine.definitionId(),
                publication.description(),
                now);
    }

    static Change put(Version version) {
        return new Change.PutDocument(
                new Document(VERSION, key(version.machineArn(), version.number()), version.json()));
    }

    static Change drop(Version version) {
        return new Change.DropDocument(VERSION, key(version.machineArn(), version.number()));
    }

    List<Change> dropAll(String machineArn) {
        return list(machineArn, Quotas.VERSIONS_PER_MACHINE_MAX, Optional.empty()).items().stream()
                .map(Versions::drop)
                .toList();
    }

    private static String prefix(String machineArn) {
        return machineArn + ":";
    }

    private static String key(String machineArn, int number) {
        return prefix(machineArn) + "%010d".formatted(Integer.MAX_VALUE - number);
    }
}
