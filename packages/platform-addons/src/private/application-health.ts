/**
 * Health of an Application, in the Lua of Argo CD's configuration.
 *
 * Since 1.8 Argo CD does not judge the health of Applications, so that sync waves over Applications do nothing: every
 * wave starts at once. With this an Application counts as healthy when what it installs is healthy
 * (https://argo-cd.readthedocs.io/en/stable/operator-manual/health/).
 */
export const APPLICATION_HEALTH = `local health = { status = "Progressing", message = "waiting for the first report" }
local reported = obj.status and obj.status.health
if reported and reported.status then
  health.status = reported.status
  health.message = reported.message or ""
end
return health
`;
