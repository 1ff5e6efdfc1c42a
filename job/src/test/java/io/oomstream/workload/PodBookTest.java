package io.oomstream.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class PodBookTest {

  private static final String OTHER_ID = "ffff" + Words.ID.substring(4);
  private static final long T = 1_700_000_000_000L;

  @Test
  void aContainerIsFoundByItsIdWhereverItRan() throws Exception {
    PodBook book = PodBook.EMPTY.with(link("a", "node-1", "web-0", "app", Words.ID, 0, T));

    PodBook.Found found = book.find(Words.ID, Words.UID, "10.1.2.3", T);
    assertThat(found.isWhole()).isTrue();
    assertThat(found.names().kubernetes().podName()).isEqualTo("web-0");
    assertThat(book.find(Words.ID, null, "10.1.2.3", T).isWhole()).isTrue();
  }

  @Test
  void aContainerThatStartedLaterIsNotMeant() throws Exception {
    PodBook book = PodBook.EMPTY.with(link("a", "node-1", "web-0", "app", Words.ID, 0, T));

    assertThat(book.find(Words.ID, Words.UID, "node-1", T - 1)).isEqualTo(PodBook.Found.NOTHING);
  }

  @Test
  void aPodAloneHasNoContainersName() throws Exception {
    PodBook book =
        PodBook.EMPTY
            .with(link("a", "node-1", "web-0", "app", Words.ID, 1, T))
            .with(link("a", "node-1", "web-0", "proxy", OTHER_ID, 0, T));

    PodBook.Found ofPod = book.find(null, Words.UID, "node-1", T);
    assertThat(ofPod.isWhole()).isTrue();
    assertThat(ofPod.names().kubernetes().containerName()).isNull();
    assertThat(ofPod.names().kubernetes().restartCount()).isNull();
    assertThat(ofPod.names().groupKey()).isEqualTo("k8s:a/shop/StatefulSet/web/-");

    PodBook.Found another = book.find("dddd" + Words.ID.substring(4), Words.UID, "node-1", T);
    assertThat(another.isWhole()).isFalse();
    assertThat(another.names()).isEqualTo(ofPod.names());
  }

  /** A cluster restored from another's backup has its uids; static pods of one manifest too. */
  @Test
  void ofTwoClustersWithOneUidTheNodeDecides() throws Exception {
    PodBook book =
        PodBook.EMPTY
            .with(link("a", "node-1", "web-0", "app", Words.ID, 0, T))
            .with(link("b", "node-2.b.example", "web-0", "app", OTHER_ID, 0, T));

    assertThat(cluster(book.find(null, Words.UID, "NODE-1", T))).isEqualTo("a");
    assertThat(cluster(book.find(null, Words.UID, "node-2.b.example", T))).isEqualTo("b");
    assertThat(cluster(book.find(null, Words.UID, "node-2", T))).isEqualTo("b");
    assertThat(cluster(book.find(OTHER_ID, Words.UID, "node-2", T))).isEqualTo("b");
    assertThat(book.find(null, Words.UID, "node-3", T)).isEqualTo(PodBook.Found.NOTHING);
    PodBook same =
        book.with(link("c", "node-1", "web-0", "app", "aa" + OTHER_ID.substring(2), 0, T));
    assertThat(same.find(null, Words.UID, "node-1", T)).isEqualTo(PodBook.Found.NOTHING);
  }

  @Test
  void theApisWordHoldsAndTheLinksFillItInAnyOrder() throws Exception {
    List<Word> words = new ArrayList<>(Words.read(WordReaderTest.resource("pod.json")));
    Word api = words.get(3);
    String id = api.containerId();
    words.add(
        Words.read(
                Words.link(
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
    for (int i = 0; i < words.size(); i++) {
      Collections.rotate(words, 1);
      PodBook book = PodBook.EMPTY;
      for (Word word : words) {
        book = book.with(word);
      }
      Names names = book.find(id, api.podUid(), "node-1", Long.MAX_VALUE).names();
      assertThat(names.kubernetes().owner().origin()).isEqualTo(Owner.Origin.API);
      assertThat(names.groupKey()).isEqualTo("k8s:eu/shop/Deployment/checkout/app");
    }
  }

  @Test
  void wordsThatContradictEachOtherNameNothing() throws Exception {
    PodBook book =
        PodBook.EMPTY
            .with(link("a", "node-1", "web-0", "app", Words.ID, 0, T))
            .with(link("a", "node-2", "web-1", "app", Words.ID, 0, T));

    assertThat(book.find(Words.ID, Words.UID, "node-1", T)).isEqualTo(PodBook.Found.NOTHING);
  }

  @Test
  void aLaterWordReplacesAndTheBookIsBounded() throws Exception {
    PodBook book = PodBook.EMPTY;
    for (int i = 0; i < 200; i++) {
      String id = String.format("%04d", i) + Words.ID.substring(4);
      book = book.with(link("a", "node-1", "web-0", "app", id, i, T + 1000L * i));
      book = book.with(link("a", "node-1", "web-0", "app", id, i, T + 1000L * i));
    }
    assertThat(book.words()).hasSize(PodBook.MAX_WORDS);
    String newest = "0199" + Words.ID.substring(4);
    assertThat(
            book.find(newest, Words.UID, "x", Long.MAX_VALUE).names().kubernetes().restartCount())
        .isEqualTo(199);

    PodBook left = book;
    for (Word word : book.words()) {
      left = left.without(word.subject());
    }
    assertThat(left).isNull();
  }

  private static String cluster(PodBook.Found found) {
    return found.names().kubernetes().cluster();
  }

  private static Word link(
      String cluster, String node, String pod, String container, String id, int restarts, long ms)
      throws Exception {
    return Words.read(
            Words.link(cluster, node, "shop", pod, Words.UID, container, id, restarts, ms))
        .get(0);
  }
}
