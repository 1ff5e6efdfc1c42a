package io.oomstream.block.cgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way in which a layer of a control group's path names a workload. */
interface LayoutRule {

  /** Every rule; the first that knows a layer has it. */
  List<LayoutRule> ALL =
      List.of(
          PodLayout::pod,
          ContainerLayout::runtimeName,
          ContainerLayout::afterMarker,
          ContainerLayout::linuxContainer,
          ContainerLayout::virtualMachine,
          ContainerLayout::sandbox,
          JobLayout::ecs,
          JobLayout::nomad,
          JobLayout::slurm,
          JobLayout::yarn,
          JobLayout::condor,
          JobLayout::pbs,
          JobLayout::lsf,
          JobLayout::android,
          JobLayout::azure,
          ContainerLayout::bareId);

  /**
   * What the layer names; null if it is not of this layout.
   *
   * @param parts the whole path
   * @param i the layer
   */
  @Nullable PathIdentity at(List<String> parts, int i);
}
