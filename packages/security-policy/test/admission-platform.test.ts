import { AdmissionPlatform } from '../src';

test('service accounts are written as the API server names their users', () => {
  expect(AdmissionPlatform.of({ serviceAccounts: ['ci/deployer'], users: ['ann@example.com'] }).users).toEqual(['ann@example.com', 'system:serviceaccount:ci:deployer']);
});

test('the engines of GitOps are the accounts that apply', () => {
  expect(AdmissionPlatform.argoCd().users).toEqual(['system:serviceaccount:argocd:argocd-application-controller']);
  expect(AdmissionPlatform.flux('gitops').users).toEqual(['system:serviceaccount:gitops:helm-controller', 'system:serviceaccount:gitops:kustomize-controller']);
});

test('two platforms together are one, in one order', () => {
  const one = AdmissionPlatform.of({ groups: ['b', 'a'] });
  const other = AdmissionPlatform.argoCd().and(AdmissionPlatform.of({ groups: ['a'] }));
  expect(one.and(other)).toEqual(other.and(one));
  expect(one.and(other).groups).toEqual(['a', 'b']);
});
