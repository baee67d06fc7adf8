//! What one walk finds.

use super::read;
use crate::body::{Body, SiteKind, TemplateKind};

const EVERYTHING: &str = r"
inputs:
  parameters: [{name: p, default: '{{workflow.name}}'}, {name: q}]
  artifacts: [{name: a, path: /a, s3: {key: k, accessKeySecret: {name: s3, key: id}}}]
outputs: {parameters: [{name: o, valueFrom: {path: /o}}]}
volumes:
- {name: creds, secret: {secretName: files, optional: true, items: [{key: k1, path: p}]}}
- {name: both, projected: {sources: [{secret: {name: projected}}, {configMap: {name: settings}}]}}
initContainers: [{name: i, image: init:1}]
sidecars: [{name: s, image: side:1, volumeMounts: [{name: workspace, mountPath: /w}]}]
script:
  image: '{{inputs.parameters.p}}'
  source: echo {{inputs.parameters.q}}
  env:
  - {name: TOKEN, valueFrom: {secretKeyRef: {name: token, key: t}}}
  envFrom: [{secretRef: {name: all}}, {configMapRef: {name: env}}]
  workingDir: '{{inputs.parameters.p}}'
serviceAccountName: builder
retryStrategy: {expression: '{{retries}}'}
suspend: null
";

#[test]
fn a_leaf() {
    let node = read(EVERYTHING);
    let body = Body::of(&node, node.span);
    assert_eq!(body.kind(), Some(TemplateKind::Script));
    assert_eq!(
        body.images().map(|image| &*image.value).collect::<Vec<_>>(),
        ["init:1", "side:1", "{{inputs.parameters.p}}"]
    );
    let secrets = body.secrets().map(|secret| {
        let key = secret.key.as_ref().map_or("", |key| key);
        format!("{} {key} {}", &*secret.name, secret.is_optional)
    });
    assert_eq!(
        secrets.collect::<Vec<_>>(),
        ["s3 id false", "files k1 true", "projected  false", "token t false", "all  false"]
    );
    assert_eq!(body.objects().count(), 7);
    assert_eq!(body.workspace_mounts().count(), 1);
    assert!(!body.needs_agent());
    let required = body.inputs.parameters.iter().map(crate::body::Item::is_required);
    assert_eq!(required.collect::<Vec<_>>(), [false, true]);
    assert!(!body.inputs.artifacts[0].is_required_artifact());
    let kinds = body.sites.iter().map(|site| site.kind).collect::<Vec<_>>();
    assert_eq!(
        kinds,
        [
            SiteKind::Inputs,
            SiteKind::Image,
            SiteKind::Source,
            SiteKind::Other,
            SiteKind::RetryStrategy
        ]
    );
}

const CALLS: &str = r"
dag:
  target: '{{inputs.parameters.t}}'
  tasks:
  - name: a
    template: x
    when: '{{inputs.parameters.w}}'
    arguments: {parameters: [{name: p, value: '{{item}}'}]}
    withItems: ['{{inputs.parameters.i}}']
    hooks: {exit: {template: y, expression: '{{=true}}'}}
    onExit: z
  - name: b
    depends: a
    templateRef: {name: pack, template: main, clusterScope: true}
  - name: c
    inline: {http: {url: '{{inputs.parameters.u}}'}}
";

#[test]
fn calls() {
    let node = read(CALLS);
    let body = Body::of(&node, node.span);
    let called = body.calls.iter().map(|call| {
        let names = [&call.name, &call.template];
        let names = names.map(|name| name.as_ref().map_or("-", |name| name.value.as_str()));
        format!("{} {} {}", names[0], names[1], call.is_own())
    });
    assert_eq!(
        called.collect::<Vec<_>>(),
        ["a x true", "exit y false", "- z false", "b - true", "c - true"]
    );
    assert!(body.calls[0].is_loop() && !body.calls[3].is_loop());
    let inline = body.calls[4].inline.as_ref().unwrap();
    assert_eq!(inline.sites[0].kind, SiteKind::Http);
    assert!(body.needs_agent());
    let kinds = body.sites.iter().map(|site| site.kind).collect::<Vec<_>>();
    assert_eq!(
        kinds,
        [
            SiteKind::Target,
            SiteKind::When { call: 0 },
            SiteKind::Argument { call: 0 },
            SiteKind::Items { call: 0 },
            SiteKind::HookExpression { call: 1 },
        ]
    );
}

#[test]
fn null_is_not_there() {
    for text in ["container:", "container: ~", "{}", "inputs:"] {
        let node = read(text);
        let body = Body::of(&node, node.span);
        assert!(body.kinds.is_empty(), "{text}");
    }
}
