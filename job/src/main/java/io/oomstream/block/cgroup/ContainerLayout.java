package io.oomstream.block.cgroup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers and virtual machines by the names that their runtimes give them. */
final class ContainerLayout {

  /** Names that end with the container's id. */
  private static final Map<String, String> RUNTIME_OF_PREFIX =
      Map.of(
          "cri-containerd-", "containerd",
          "nerdctl-", "containerd",
          "crio-", "cri-o",
          "crio-conmon-", "cri-o",
          "docker-", "docker",
          "libpod-", "podman",
          "libpod-conmon-", "podman",
          "kata_", "kata");

  /** Layers whose next one is the container's id. */
  private static final Map<String, String> RUNTIME_OF_MARKER =
      Map.of(
          "docker", "docker",
          "garden", "garden",
          "good", "garden",
          "mesos", "mesos",
          "kata_overhead", "kata",
          "vc", "kata",
          "firecracker", "firecracker",
          "jailer", "firecracker");

  private static final List<String> LXC_MARKERS = List.of("lxc", "lxc.payload", "lxc.monitor");

  private ContainerLayout() {}

  static @Nullable PathIdentity runtimeName(List<String> parts, int i) {
    String name = PathText.without(parts.get(i), ".scope");
    int cut = Math.max(name.lastIndexOf('-'), name.lastIndexOf('_')) + 1;
    String runtime = RUNTIME_OF_PREFIX.get(name.substring(0, cut));
    String id = name.substring(cut);
    return runtime != null && PathText.isContainerId(id)
        ? PathIdentity.container(runtime, id, runtime + ":" + id)
        : null;
  }

  static @Nullable PathIdentity afterMarker(List<String> parts, int i) {
    String marker = i == 0 ? "" : parts.get(i - 1);
    String runtime = RUNTIME_OF_MARKER.get(marker);
    String id = parts.get(i);
    if (runtime == null || (marker.equals("good") && !isGardenRoot(parts, i - 2))) {
      return null;
    }
    if (marker.equals("docker") && !PathText.isContainerId(id)) {
      // Builds: each has an id of its own, so that only the builder is a name to group by.
      boolean builder = id.equals("buildkit") || id.equals("buildx");
      String build = builder && i + 1 < parts.size() ? parts.get(i + 1) : null;
      return builder ? PathIdentity.job("docker", build, "docker:" + id) : null;
    }
    return PathIdentity.container(runtime, id, runtime + ":" + id);
  }

  private static boolean isGardenRoot(List<String> parts, int i) {
    return i >= 0 && parts.get(i).startsWith("garden-");
  }

  /** LXC, LXD, Incus and Proxmox's containers. */
  static @Nullable PathIdentity linuxContainer(List<String> parts, int i) {
    String part = parts.get(i);
    String name = PathText.after(part, "lxc.payload.");
    if (name == null) {
      name = PathText.after(part, "lxc.monitor.");
    }
    if (name == null && i > 0 && LXC_MARKERS.contains(parts.get(i - 1))) {
      name = part;
    }
    return name == null ? null : PathIdentity.container("lxc", name, "lxc:" + name);
  }

  /** Guests of libvirt and of Proxmox. */
  static @Nullable PathIdentity virtualMachine(List<String> parts, int i) {
    String part = parts.get(i);
    if (i > 0 && parts.get(i - 1).equals("qemu.slice")) {
      String id = PathText.without(part, ".scope");
      return PathIdentity.container("qemu", id, "qemu:" + id);
    }
    String numbered = PathText.between(part, "machine-qemu-", ".scope");
    int dash = numbered == null ? -1 : numbered.indexOf('-');
    if (numbered == null || dash < 0 || !PathText.isDigits(numbered.substring(0, dash))) {
      return null;
    }
    String name = numbered.substring(dash + 1);
    return PathIdentity.container("libvirt", name, "libvirt:" + name);
  }

  /** gVisor runs in a layer below the container's own, which has the id. */
  static @Nullable PathIdentity sandbox(List<String> parts, int i) {
    return parts.get(i).contains("runsc-sandbox")
        ? PathIdentity.container("gvisor", null, null)
        : null;
  }

  /** An id by itself: containerd's right below its namespace; anyone's elsewhere. */
  static @Nullable PathIdentity bareId(List<String> parts, int i) {
    String id = parts.get(i);
    if (!PathText.isWholeContainerId(id)) {
      return null;
    }
    boolean namespaced = parts.size() == 2 && i == 1;
    return namespaced
        ? PathIdentity.container("containerd", id, "containerd:" + id)
        : PathIdentity.container(null, id, "container:" + id);
  }
}
