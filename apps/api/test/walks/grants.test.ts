import { organisationRoutes } from '@pass/contracts/organisations.ts'
import type { Input } from '@pass/contracts/route.ts'
import { afterAll, expect, test } from 'vitest'
import { implement } from '../../src/platform/implement.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { setMembre } from '../../src/modules/identite/change-membre.ts'
import { sendInvitation } from '../../src/modules/identite/invitations.ts'
import { inviteAdministrator } from '../../src/modules/identite/organisations.ts'
import type { Module } from '../../src/registry.ts'
import { MODULES } from '../../src/registry.ts'
import { createWorld } from '../world.ts'
import { walkGrants } from './grants-walk.ts'

const organisations = MODULES.filter(({ routes }) => routes === organisationRoutes)
const world = await createWorld({ modules: organisations })
afterAll(() => world.close())

test(
  'grant × granter: every role × every role × {own, other, every type administered, empty, another operator’s}',
  { timeout: 400_000 },
  async () => {
    const { cells, granted, violations } = await walkGrants(world)
    console.log(`grant matrix through HTTP: ${cells} cells, ${granted} granted, ${violations.length} violations`)
    expect(violations).toEqual([])
    // 19 × 19 × (invite, own member, stranger), 19 × (one’s own + 8 types × 3)
    expect(cells).toBe(19 * 19 * 3 + 19 * 25)
    // each administrator gives each role of their type, twice; 2 in their own organisation; of what is empty: 7 × 2 by the ANCT, 3 and 1
    expect(granted).toBe(19 * 2 + 2 + 14 + 3 + 1)
  },
)

/** The routes that give roles, one of which forgot the rule: any role, as long as one administers something. */
const { inviteMembre, inviteAdministrator: inviteRoute, setMembre: setRoute } = organisationRoutes
const table = { inviteMembre, inviteAdministrator: inviteRoute, setMembre: setRoute }
const forgetful = async (ctx: Ctx, { body }: Input<typeof inviteMembre>) => {
  const id = await sendInvitation(ctx, ctx.actor.organisationId, body)
  const at = ctx.now.toISOString()
  return { ...body, id: id!, etat: 'envoyee' as const, envoyeeAt: at, expireAt: at, par: { id: ctx.actor.utilisateurId, nom: '' } }
}
const planted: Module = {
  routes: table,
  bind: (app, deps) =>
    implement(app, deps, table, {
      inviteMembre: forgetful,
      inviteAdministrator: (ctx, { params, body }) => inviteAdministrator(ctx, { ...params, ...body }),
      setMembre: (ctx, { params, body }) => setMembre(ctx, { ...params, ...body }),
    }),
}

test('sabotage: an invitation that forgets the rule is found, role by role and in the rows', { timeout: 400_000 }, async () => {
  const sabotaged = await createWorld({ modules: [planted] })
  const { violations } = await walkGrants(sabotaged, ['collectivite.administrateur', 'hub.animateur', 'operateur.support'])
  await sabotaged.close()
  expect(violations).toContain('collectivite.administrateur invites operateur.finance_emetteur: 201, 409 expected')
  expect(violations).toContain('invitation of operateur.finance_emetteur in a collectivite')
  expect(violations.filter((one) => one.includes(' invites ') && one.endsWith('409 expected'))).toHaveLength(2 * 19 - 3 - 1)
  expect(violations.every((one) => one.includes('invites') || one.startsWith('invitation of'))).toBe(true)
})
