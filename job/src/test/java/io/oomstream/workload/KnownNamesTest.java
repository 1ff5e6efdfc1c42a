package io.oomstream.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class KnownNamesTest {

  private static final String OTHER_ID = "ffff" + CatalogueEntries.ID.substring(4);
  private static final long T = 1_700_000_000_000L;

  @Test
  void aContainerIsFoundByItsIdWhereverItRan() throws Exception {
    KnownNames book =
        KnownNames.EMPTY.with(link("a", "node-1", "web-0", "app", CatalogueEntries.ID, 0, T));

    KnownNames.Found found = book.find(CatalogueEntries.ID, CatalogueEntries.UID, "10.1.2.3", T);
    assertThat(found.isWhole()).isTrue();
    assertThat(found.names().kubernetes().podName()).isEqualTo("web-0");
    assertThat(book.find(CatalogueEntries.ID, null, "10.1.2.3", T).isWhole()).isTrue();
  }

  @Test
  void aContainerThatStartedLaterIsNotMeant() throws Exception {
    KnownNames book =
        KnownNames.EMPTY.with(link("a", "node-1", "web-0", "app", CatalogueEntries.ID, 0, T));

    assertThat(book.find(CatalogueEntries.ID, CatalogueEntries.UID, "node-1", T - 1))
        .isEqualTo(KnownNames.Found.NOTHING);
  }

  @Test
  void aPodAloneHasNoContainersName() throws Exception {
    KnownNames book =
        KnownNames.EMPTY
            .with(link("a", "node-1", "web-0", "app", CatalogueEntries.ID, 1, T))
            .with(link("a", "node-1", "web-0", "proxy", OTHER_ID, 0, T));

    KnownNames.Found ofPod = book.find(null, CatalogueEntries.UID, "node-1", T);
    assertThat(ofPod.isWhole()).isTrue();
    assertThat(ofPod.names().kubernetes().containerName()).isNull();
    assertThat(ofPod.names().kubernetes().restartCount()).isNull();
    assertThat(ofPod.names().groupKey()).isEqualTo("k8s:a/shop/StatefulSet/web/-");

    KnownNames.Found another =
        book.find("dddd" + CatalogueEntries.ID.substring(4), CatalogueEntries.UID, "node-1", T);
    assertThat(another.isWhole()).isFalse();
    assertThat(another.names()).isEqualTo(ofPod.names());
  }

  /** A cluster restored from another's backup has its uids; static pods of one manifest too. */
  @Test
  void ofTwoClustersWithOneUidTheNodeDecides() throws Exception {
    KnownNames book =
        KnownNames.EMPTY
            .with(link("a", "node-1", "web-0", "app", CatalogueEntries.ID, 0, T))
            .with(link("b", "node-2.b.example", "web-0", "app", OTHER_ID, 0, T));

    assertThat(cluster(book.find(null, CatalogueEntries.UID, "NODE-1", T))).isEqualTo("a");
    assertThat(cluster(book.find(null, CatalogueEntries.UID, "node-2.b.example", T)))
        .isEqualTo("b");
    assertThat(cluster(book.find(null, CatalogueEntries.UID, "node-2", T))).isEqualTo("b");
    assertThat(cluster(book.find(OTHER_ID, CatalogueEntries.UID, "node-2", T))).isEqualTo("b");
    assertThat(book.find(null, CatalogueEntries.UID, "node-3", T))
        .isEqualTo(KnownNames.Found.NOTHING);
    KnownNames same =
        book.with(link("c", "node-1", "web-0", "app", "aa" + OTHER_ID.substring(2), 0, T));
    assertThat(same.find(null, CatalogueEntries.UID, "node-1", T))
        .isEqualTo(KnownNames.Found.NOTHING);
  }

  @Test
  void theApisWordHoldsAndTheLinksFillItInAnyOrder() throws Exception {
    List<CatalogueEntry> entries =
        new ArrayList<>(CatalogueEntries.read(CatalogueReaderTest.resource("pod.json")));
    CatalogueEntry api = entries.get(3);
    String id = api.containerId();
    entries.add(
        CatalogueEntries.read(
                CatalogueEntries.link(
                    "eu",
                    "node-1",
                    "shop",
                    api.kubernetes().podName(),
                    api.podUid(),
                    "app",
                    id,
                    3,
                    1_769_860_800))
            .get(0));
    for (int i = 0; i < entries.size(); i++) {
      Collections.rotate(entries, 1);
      KnownNames book = KnownNames.EMPTY;
      for (CatalogueEntry entry : entries) {
        book = book.with(entry);
      }
      Names names = book.find(id, api.podUid(), "node-1", Long.MAX_VALUE).names();
      assertThat(names.kubernetes().owner().origin()).isEqualTo(Owner.Origin.API);
      assertThat(names.groupKey()).isEqualTo("k8s:eu/shop/Deployment/checkout/app");
    }
  }

  @Test
  void wordsThatContradictEachOtherNameNothing() throws Exception {
    KnownNames book =
        KnownNames.EMPTY
            .with(link("a", "node-1", "web-0", "app", CatalogueEntries.ID, 0, T))
            .with(link("a", "node-2", "web-1", "app", CatalogueEntries.ID, 0, T));

    assertThat(book.find(CatalogueEntries.ID, CatalogueEntries.UID, "node-1", T))
        .isEqualTo(KnownNames.Found.NOTHING);
  }

  @Test
  void aLaterWordReplacesAndTheBookIsBounded() throws Exception {
    KnownNames book = KnownNames.EMPTY;
    for (int i = 0; i < 200; i++) {
      String id = String.format("%04d", i) + CatalogueEntries.ID.substring(4);
      book = book.with(link("a", "node-1", "web-0", "app", id, i, T + 1000L * i));
      book = book.with(link("a", "node-1", "web-0", "app", id, i, T + 1000L * i));
    }
    assertThat(book.entries()).hasSize(KnownNames.MAX_ENTRIES);
    String newest = "0199" + CatalogueEntries.ID.substring(4);
    assertThat(
            book.find(newest, CatalogueEntries.UID, "x", Long.MAX_VALUE)
                .names()
                .kubernetes()
                .restartCount())
        .isEqualTo(199);

    KnownNames left = book;
    for (CatalogueEntry entry : book.entries()) {
      left = left.without(entry.subject());
    }
    assertThat(left).isNull();
  }

  private static String cluster(KnownNames.Found found) {
    return found.names().kubernetes().cluster();
  }

  @Test
  void theOrderOfArrivalDoesNotCount() throws Exception {
    CatalogueEntry one = link("a", "node-1", "web-0", "app", CatalogueEntries.ID, 0, T);
    CatalogueEntry sameMoment = link("a", "node-1", "web-1", "app", CatalogueEntries.ID, 0, T);
    CatalogueEntry later = at(T + 1_000, one);

    for (CatalogueEntry other : List.of(sameMoment, later)) {
      assertThat(other.subject()).isEqualTo(one.subject());
      assertThat(KnownNames.EMPTY.with(one).with(other))
          .isEqualTo(KnownNames.EMPTY.with(other).with(one));
    }
    assertThat(KnownNames.EMPTY.with(later).with(one).entries()).containsExactly(later);
  }

  private static CatalogueEntry at(long recordedAtMs, CatalogueEntry entry) {
    return new CatalogueEntry(
        entry.source(),
        entry.containerId(),
        entry.podUid(),
        entry.node(),
        entry.kubernetes(),
        entry.labels(),
        entry.startedAtMs(),
        recordedAtMs);
  }

  private static CatalogueEntry link(
      String cluster, String node, String pod, String container, String id, int restarts, long ms)
      throws Exception {
    return CatalogueEntries.read(
            CatalogueEntries.link(
                cluster, node, "shop", pod, CatalogueEntries.UID, container, id, restarts, ms))
        .get(0);
  }
}
