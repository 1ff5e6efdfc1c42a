package io.oomstream.block.cgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods of Kubernetes, as kubelet names them with either of its group drivers. */
final class PodLayout {

  private static final int STATIC_POD = 32;

  private PodLayout() {}

  static @Nullable PathIdentity pod(List<String> parts, int i) {
    String uid = uidOf(parts.get(i));
    if (uid == null) {
      return null;
    }
    return new PathIdentity(
        PathIdentity.Kind.JOB,
        "kubernetes",
        null,
        uid,
        qosClass(parts, i),
        "k8s:pod/" + uid,
        null,
        null);
  }

  private static @Nullable String uidOf(String part) {
    String name = PathText.without(part, ".slice");
    String text = PathText.after(name, "pod");
    if (text == null && name.contains("kubepods")) {
      int at = name.lastIndexOf("-pod");
      text = at < 0 ? null : name.substring(at + "-pod".length());
    }
    if (text == null) {
      return null;
    }
    if (text.length() == STATIC_POD && PathText.isHex(text)) {
      return text;
    }
    String uid = PathText.leadingUuid(text);
    return uid != null && uid.length() == text.length() ? uid : null;
  }

  /** From the layers up to kubelet's root; those between name every class but guaranteed. */
  private static @Nullable String qosClass(List<String> parts, int pod) {
    for (int i = pod; i >= 0; i--) {
      String name = PathText.without(parts.get(i), ".slice");
      if (name.equals("burstable") || name.contains("kubepods-burstable")) {
        return "burstable";
      }
      if (name.equals("besteffort") || name.contains("kubepods-besteffort")) {
        return "besteffort";
      }
      if (name.contains("kubepods")) {
        return "guaranteed";
      }
    }
    return null;
  }
}
