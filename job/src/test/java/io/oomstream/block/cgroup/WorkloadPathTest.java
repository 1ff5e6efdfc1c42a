package io.oomstream.block.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadPathTest {

  private static final String ID =
      "9338c8be733c89d753e9dcb886e469803da8e99e1e048d5da1b6a7ac9a346aad";
  private static final String OUTER =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String UID = "12345678-9abc-def0-1234-56789abcdef0";
  private static final String UID_ = UID.replace('-', '_');
  private static final String STATIC = "0123456789abcdef0123456789abcdef";

  /** path; runtime; container; pod; class; unit; slice; user; key. A dash for what is absent. */
  private static final String LAYOUTS =
      """
      /kubepods/pod{uid}/{id}; kubernetes; {id}; {uid}; guaranteed; -; -; -; k8s:pod/{uid}
      /kubepods/burstable/pod{uid}/{id}; kubernetes; {id}; {uid}; burstable; -; -; -; k8s:pod/{uid}
      /kubepods/besteffort/pod{uid}/{id}; kubernetes; {id}; {uid}; besteffort; -; -; -; k8s:pod/{uid}
      /kubepods/besteffort/pod{uid}; kubernetes; -; {uid}; besteffort; -; -; -; k8s:pod/{uid}
      /kubepods/burstable/pod{static}/{id}; kubernetes; {id}; {static}; burstable; -; -; -; k8s:pod/{static}
      /kubepods.slice/kubepods-pod{uid_}.slice/cri-containerd-{id}.scope; containerd; {id}; {uid}; guaranteed; cri-containerd-{id}.scope; kubepods-pod{uid_}.slice; -; k8s:pod/{uid}
      /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{uid_}.slice/crio-{id}.scope; cri-o; {id}; {uid}; burstable; crio-{id}.scope; kubepods-burstable-pod{uid_}.slice; -; k8s:pod/{uid}
      /kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{uid_}.slice/docker-{id}.scope; docker; {id}; {uid}; besteffort; docker-{id}.scope; kubepods-besteffort-pod{uid_}.slice; -; k8s:pod/{uid}
      /kubepods.slice/kubepods-pod{uid_}.slice/crio-conmon-{id}.scope; cri-o; {id}; {uid}; guaranteed; crio-conmon-{id}.scope; kubepods-pod{uid_}.slice; -; k8s:pod/{uid}
      /kubepods.slice/kubepods-pod{uid_}.slice/cri-containerd-{id}.scope/system.slice/nginx.service; containerd; {id}; {uid}; guaranteed; cri-containerd-{id}.scope; kubepods-pod{uid_}.slice; -; k8s:pod/{uid}
      /kubepods.slice/kubepods-pod{uid_}.slice/cri-containerd-{id}.scope/init; containerd; {id}; {uid}; guaranteed; cri-containerd-{id}.scope; kubepods-pod{uid_}.slice; -; k8s:pod/{uid}
      /system.slice/containerd.service/kubepods-burstable-pod{uid_}.slice:cri-containerd:{id}; containerd; {id}; {uid}; burstable; containerd.service; system.slice; -; k8s:pod/{uid}
      /kubelet/kubepods/burstable/pod{uid}/{id}; kubernetes; {id}; {uid}; burstable; -; -; -; k8s:pod/{uid}
      /kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod{uid_}.slice/cri-containerd-{id}.scope; containerd; {id}; {uid}; burstable; cri-containerd-{id}.scope; kubelet-kubepods-burstable-pod{uid_}.slice; -; k8s:pod/{uid}
      /docker/{outer}/kubelet/kubepods/pod{uid}/{id}; kubernetes; {id}; {uid}; guaranteed; -; -; -; k8s:pod/{uid}
      /system.slice/docker-{outer}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod{uid_}.slice/cri-containerd-{id}.scope; containerd; {id}; {uid}; guaranteed; cri-containerd-{id}.scope; kubelet-kubepods-pod{uid_}.slice; -; k8s:pod/{uid}
      /kubepods/pod{uid}/{outer}/docker/{id}; docker; {id}; {uid}; guaranteed; -; -; -; k8s:pod/{uid}
      /docker/{outer}/docker/{id}; docker; {id}; -; -; -; -; -; docker:{id}
      /kubepods/burstable/pod{uid}/{id}/runsc-sandbox; gvisor; {id}; {uid}; burstable; -; -; -; k8s:pod/{uid}
      /kubepods/burstable/pod{uid}/kata_{id}; kata; {id}; {uid}; burstable; -; -; -; k8s:pod/{uid}
      /scon.container.01GQQVF6C60000000000DOCKER.17qk8ev/child/docker/{id}; docker; {id}; -; -; -; -; -; docker:{id}
      /docker/{id}; docker; {id}; -; -; -; -; -; docker:{id}
      /system.slice/docker-{id}.scope; docker; {id}; -; -; docker-{id}.scope; system.slice; -; docker:{id}
      /docker/buildkit/x7k2q9; docker; x7k2q9; -; -; -; -; -; docker:buildkit
      /docker/buildx/x7k2q9; docker; x7k2q9; -; -; -; -; -; docker:buildx
      /machine.slice/libpod-{id}.scope/container; podman; {id}; -; -; libpod-{id}.scope; machine.slice; -; podman:{id}
      /machine.slice/libpod-conmon-{id}.scope; podman; {id}; -; -; libpod-conmon-{id}.scope; machine.slice; -; podman:{id}
      /machine.slice/machine-libpod_pod_{outer}.slice/libpod-{id}.scope; podman; {id}; -; -; libpod-{id}.scope; machine-libpod_pod_{outer}.slice; -; podman:{id}
      /user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{id}.scope; podman; {id}; -; -; libpod-{id}.scope; user.slice; 1000; podman:{id}
      /default/{id}; containerd; {id}; -; -; -; -; -; containerd:{id}
      /k8s.io/{id}; containerd; {id}; -; -; -; -; -; containerd:{id}
      /a/b/{id}; -; {id}; -; -; -; -; -; container:{id}
      /system.slice/nerdctl-{id}.scope; containerd; {id}; -; -; nerdctl-{id}.scope; system.slice; -; containerd:{id}
      /lxc/web-1/system.slice/nginx.service; lxc; web-1; -; -; -; -; -; lxc:web-1
      /lxc.payload/web; lxc; web; -; -; -; -; -; lxc:web
      /lxc.payload.web/init.scope; lxc; web; -; -; -; -; -; lxc:web
      /lxc.monitor.web; lxc; web; -; -; -; -; -; lxc:web
      /lxc/101/ns/system.slice/cron.service; lxc; 101; -; -; -; -; -; lxc:101
      /qemu.slice/104.scope; qemu; 104; -; -; 104.scope; qemu.slice; -; qemu:104
      /machine.slice/machine-qemu\\x2d3\\x2dbuild\\x2dbox.scope/libvirt/vcpu0; libvirt; build-box; -; -; machine-qemu-3-build-box.scope; machine.slice; -; libvirt:build-box
      /system.slice/nginx.service; systemd; -; -; -; nginx.service; system.slice; -; systemd:nginx.service
      /system.slice/nginx.service/worker; systemd; -; -; -; nginx.service; system.slice; -; systemd:nginx.service
      /system.slice/system-postgresql.slice/postgresql@15-main.service; systemd; -; -; -; postgresql@15-main.service; system-postgresql.slice; -; systemd:postgresql@15-main.service
      /system.slice/my\\x2dapp.service; systemd; -; -; -; my-app.service; system.slice; -; systemd:my-app.service
      /init.scope; systemd; -; -; -; init.scope; -; -; systemd:init.scope
      /user.slice/user-1000.slice/session-7.scope; systemd; -; -; -; session-7.scope; user-1000.slice; 1000; systemd:user-1000/session-*.scope
      /user.slice/user-1000.slice/user@1000.service/app.slice/app-firefox-4711.scope; systemd; -; -; -; app-firefox-4711.scope; app.slice; 1000; systemd:user-1000/app-firefox-*.scope
      /user.slice/user-1000.slice/user@1000.service/app.slice/app-konsole@0123456789abcdef0123456789abcdef.service; systemd; -; -; -; app-konsole@0123456789abcdef0123456789abcdef.service; app.slice; 1000; systemd:user-1000/app-konsole@*.service
      /user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service; systemd; -; -; -; syncthing.service; app.slice; 1000; systemd:user-1000/syncthing.service
      /user.slice/user-1000.slice/user@1000.service; systemd; -; -; -; user@1000.service; user-1000.slice; 1000; systemd:user@1000.service
      /user.slice/user-1000.slice; systemd; -; -; -; -; user-1000.slice; 1000; systemd:user-1000.slice
      /system.slice/run-r0f3a9b.scope; systemd; -; -; -; run-r0f3a9b.scope; system.slice; -; systemd:run-r*.scope
      /system.slice/run-u123.service; systemd; -; -; -; run-u123.service; system.slice; -; systemd:run-u*.service
      /system.slice/run-p12-i34.scope; systemd; -; -; -; run-p12-i34.scope; system.slice; -; systemd:run-p*.scope
      /system.slice/run-parts.service; systemd; -; -; -; run-parts.service; system.slice; -; systemd:run-parts.service
      /system.slice/session-manager.service; systemd; -; -; -; session-manager.service; system.slice; -; systemd:session-manager.service
      /user.slice/user-1000.slice/user@1000.service/app.slice/app-org.gnome.Terminal.slice/vte-spawn-{uid}.scope; systemd; -; -; -; vte-spawn-{uid}.scope; app-org.gnome.Terminal.slice; 1000; systemd:user-1000/vte-spawn-*.scope
      /user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-{uid}.scope; snap; -; -; -; snap.firefox.firefox-{uid}.scope; app.slice; 1000; snap:firefox.firefox
      /user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-org.mozilla.firefox-4711.scope; flatpak; -; -; -; app-flatpak-org.mozilla.firefox-4711.scope; app.slice; 1000; flatpak:org.mozilla.firefox
      /ecs/{static}/{id}; ecs; {id}; -; -; -; -; -; ecs:task/{static}
      /ecs/{uid}/{id}; ecs; {id}; -; -; -; -; -; ecs:task/{uid}
      /ecs/{static}/{static}-1234; ecs; {static}-1234; -; -; -; -; -; ecs:task/{static}
      /ecstasks.slice/ecstasks-{static}.slice/docker-{id}.scope; docker; {id}; -; -; docker-{id}.scope; ecstasks-{static}.slice; -; ecs:task/{static}
      /azure.slice/azure-walinuxagent.slice/azure-walinuxagent-logcollector.slice; systemd; -; -; -; -; azure-walinuxagent-logcollector.slice; -; systemd:azure-walinuxagent-logcollector.slice
      /azpl1234/x; azure; -; -; -; -; -; -; azure:azpl1234
      /system.slice/docker.service; systemd; -; -; -; docker.service; system.slice; -; systemd:docker.service
      /kata_overhead/{id}; kata; {id}; -; -; -; -; -; kata:{id}
      /vc/{id}; kata; {id}; -; -; -; -; -; kata:{id}
      /firecracker/vm-7; firecracker; vm-7; -; -; -; -; -; firecracker:vm-7
      /jailer/firecracker/vm-7; firecracker; vm-7; -; -; -; -; -; firecracker:vm-7
      /garden/{uid}; garden; {uid}; -; -; -; -; -; garden:{uid}
      /garden-3/good/{uid}; garden; {uid}; -; -; -; -; -; garden:{uid}
      /mesos/{static}/mesos/{uid}; mesos; {uid}; -; -; -; -; -; mesos:{uid}
      /nomad/{uid}.web; nomad; -; -; -; -; -; -; nomad:{uid}.web
      /nomad/{uid}/web; nomad; -; -; -; -; -; -; nomad:{uid}.web
      /nomad.slice/share.slice/{uid}.web.scope; nomad; -; -; -; {uid}.web.scope; share.slice; -; nomad:{uid}.web
      /nomad.slice/reserve.slice/{uid}.web.scope; nomad; -; -; -; {uid}.web.scope; reserve.slice; -; nomad:{uid}.web
      /slurm/uid_1001/job_77/step_batch/task_0; slurm; -; -; -; -; -; 1001; slurm:job/77
      /slurm_node3/uid_1001/job_77/step_0; slurm; -; -; -; -; -; 1001; slurm:job/77
      /system.slice/slurmstepd.scope/job_77/step_0/user/task_0; slurm; -; -; -; slurmstepd.scope; system.slice; -; slurm:job/77
      /system.slice/node3_slurmstepd.scope/job_77/step_extern; slurm; -; -; -; node3_slurmstepd.scope; system.slice; -; slurm:job/77
      /hadoop-yarn/container_e17_1410901177871_0001_01_000005; yarn; container_e17_1410901177871_0001_01_000005; -; -; -; -; -; yarn:application_1410901177871_0001
      /yarn/container_1410901177871_0001_01_000005; yarn; container_1410901177871_0001_01_000005; -; -; -; -; -; yarn:application_1410901177871_0001
      /htcondor/condor_var_lib_condor_execute_slot1_1@node3; htcondor; -; -; -; -; -; -; htcondor:slot1_1@node3
      /system.slice/condor.service/condor_var_lib_condor_execute_slot1_1@node3; htcondor; -; -; -; condor.service; system.slice; -; htcondor:slot1_1@node3
      /pbs_jobs.service/jobid/77.server; pbs; -; -; -; pbs_jobs.service; -; -; pbs:job/77.server
      /pbspro/77.server; pbs; -; -; -; -; -; -; pbs:job/77.server
      /lsf/cluster1/job.77.12345.678; lsf; -; -; -; -; -; -; lsf:cluster1/job.77
      /uid_10123/pid_4242; android; -; -; -; -; -; 10123; android:uid/10123
      /apps/uid_10123/pid_4242; android; -; -; -; -; -; 10123; android:uid/10123
      /my/own/group; -; -; -; -; -; -; -; cgroup:/my/own/group
      /../../my/own/group/; -; -; -; -; -; -; -; cgroup:/my/own/group
      /kubepods; -; -; -; -; -; -; -; cgroup:/kubepods
      """;

  static Stream<List<String>> layouts() {
    return LAYOUTS
        .lines()
        .map(
            line ->
                line.replace("{id}", ID)
                    .replace("{outer}", OUTER)
                    .replace("{uid}", UID)
                    .replace("{uid_}", UID_)
                    .replace("{static}", STATIC))
        .map(line -> List.of(line.split("; ")));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void layout(List<String> row) {
    Workload workload = Objects.requireNonNull(WorkloadPath.identify(row.get(0)));
    List<String> found = new ArrayList<>();
    found.add(row.get(0));
    found.add(orDash(workload.runtime()));
    found.add(orDash(workload.containerId()));
    found.add(orDash(workload.podUid()));
    found.add(orDash(workload.qosClass()));
    found.add(orDash(workload.systemdUnit()));
    found.add(orDash(workload.slice()));
    found.add(orDash(workload.user()));
    found.add(orDash(workload.key()));
    assertThat(found).isEqualTo(row);
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }

  @Test
  void theRootNamesNone() {
    assertThat(WorkloadPath.identify(null)).isNull();
    assertThat(WorkloadPath.identify("")).isNull();
    assertThat(WorkloadPath.identify("/")).isNull();
    assertThat(WorkloadPath.identify("/..//.")).isNull();
  }

  @Test
  void whatOnlyLooksLikeAnIdIsNone() {
    Workload workload = Objects.requireNonNull(WorkloadPath.identify("/docker/images"));
    assertThat(workload.containerId()).isNull();
    assertThat(workload.key()).isEqualTo("cgroup:/docker/images");
    Workload pod = Objects.requireNonNull(WorkloadPath.identify("/podium/podcast"));
    assertThat(pod.podUid()).isNull();
  }
}
