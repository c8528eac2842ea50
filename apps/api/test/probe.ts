import { routes } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { z } from 'zod'
import type { Ctx } from '../src/platform/context.ts'
import type { Deps } from '../src/platform/deps.ts'
import { enforce, found, Refused, won } from '../src/platform/errors.ts'
import { fact } from '../src/platform/facts.ts'
import { implement } from '../src/platform/implement.ts'
import { enqueue } from '../src/platform/jobs/enqueue.ts'
import type { Tasks } from '../src/platform/jobs/job.ts'
import type { Module } from '../src/platform/module.ts'

/** A noun of the tests' own, to try the door without the business: `sonde`, rows of one collectivité. */
const Sonde = z.object({ id: z.uuid(), nom: z.string(), statut: z.string(), fois: z.int() })
const params = z.object({ sondeId: z.uuid() })
const ACTS = [
  'rien',
  'refuse',
  'refuse_apres',
  'panne',
  'base',
  'avale',
  'doublon',
  'course',
  'attend',
  'forge',
  'role',
  'autre',
  'malforme',
  'long',
  'conflit',
  'absent',
] as const

export const probeRoutes = routes({
  listProbes: {
    method: 'GET',
    path: '/sondes',
    droit: 'session:read',
    effect: 'read',
    summary: 'Lister les sondes',
    query: z.object({
      taille: z.union([z.literal(10), z.literal(25)]).optional(),
      actif: z.boolean().optional(),
      noms: z.array(z.string()).optional(),
    }),
    response: z.object({ items: z.array(Sonde), query: z.string() }),
  },
  getProbe: {
    method: 'GET',
    path: '/sondes/:sondeId',
    droit: 'session:read',
    effect: 'read',
    summary: 'Lire une sonde',
    params,
    response: Sonde,
  },
  actInRead: {
    method: 'GET',
    path: '/sondes/:sondeId/lecture',
    droit: 'session:read',
    effect: 'read',
    summary: 'Tenter d’écrire dans une lecture',
    params,
    query: z.object({ comment: z.enum(['ecrire', 'ouvrir', 'fort']) }),
    response: Sonde,
  },
  readProbeFile: {
    method: 'GET',
    path: '/sondes/:sondeId/fichier',
    droit: 'session:read',
    effect: 'journaled-read',
    kind: 'file',
    summary: 'Lire le fichier d’une sonde',
    params,
    response: z.unknown(),
  },
  createProbe: {
    method: 'POST',
    path: '/sondes',
    droit: 'convention:create',
    effect: 'write',
    status: 201,
    summary: 'Créer une sonde',
    body: z.strictObject({
      id: z.uuid(),
      nom: z.string().trim().min(2, 'Donnez un nom.').max(40),
      fois: z.int().min(0).max(2_147_483_647).default(0),
      lignes: z
        .array(z.strictObject({ texte: z.string().max(100) }))
        .max(5)
        .default([]),
    }),
    response: Sonde,
    example: { id: '0192d1c0-0000-7000-8000-000000000001', nom: 'Sonde', fois: 1, lignes: [] },
  },
  actOnProbe: {
    method: 'POST',
    path: '/sondes/:sondeId/actes',
    droit: 'session:read',
    effect: 'write',
    summary: 'Agir sur une sonde',
    refusals: ['convention_statut'],
    params,
    body: z.strictObject({ acte: z.enum(ACTS) }),
    response: Sonde,
    example: { acte: 'rien' },
  },
  countProbe: {
    method: 'POST',
    path: '/sondes/compte',
    droit: 'convention:create',
    effect: 'write',
    mode: 'statement',
    summary: 'Compter par une fonction',
    body: z.strictObject({ attente: z.int().min(0).max(5) }),
    response: z.object({ n: z.int() }),
    example: { attente: 0 },
  },
  readPublic: {
    method: 'GET',
    path: '/sondes/publiques',
    droit: 'public',
    effect: 'read',
    summary: 'Lire sans session',
    response: z.object({ n: z.int() }),
  },
})

/** The table and the statement function, with the grants and policies of any other. */
export const prepareProbes = async (sql: pg.Client): Promise<void> => {
  await sql.query(`
    create table sonde (collectivite_id uuid not null, id uuid not null, nom text not null, statut text not null default 'neuf', fois int not null default 0,
      primary key (collectivite_id, id), unique (nom));
    alter table sonde enable row level security; alter table sonde force row level security;
    create policy migrator on sonde to migrator using (true) with check (true);
    create policy as_collectivite on sonde to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
    grant select, insert, update on sonde to as_collectivite, as_structure;
    create table sonde_total (id int primary key, n int not null); insert into sonde_total values (1, 0);
    grant select, update on sonde_total to fn_redeem;
    grant create on schema public to fn_redeem;
    create function sonde_compte(p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_route text, p_cle uuid, p_hash bytea, p_request text, p_attente int,
      out statut int, out reponse text, out replayed boolean) language plpgsql volatile security definer set search_path = pg_catalog, public as $$
    declare s record; c record;
    begin
      replayed := false;
      select * into s from session_open(p_token, p_today, p_adhesion);
      if s.etat is null then statut := 401; reponse := '{"code":"non_connecte"}'; return; end if;
      if s.etat = 'changee' then statut := 409; reponse := '{"code":"organisation_changee"}'; return; end if;
      if s.etat = 'terminee' or not s.role = any(p_roles) then statut := 403; reponse := '{"code":"droit_absent"}'; return; end if;
      perform set_config('app.ctx', s.ctx, true);
      select * into c from door_claim(p_route, p_cle, p_hash);
      if c.issue = 'rejoue' then statut := c.statut; reponse := c.reponse; replayed := true; return; end if;
      if c.issue = 'reutilise' then statut := 409; reponse := '{"code":"cle_reutilisee"}'; perform door_close(p_route, p_cle, p_hash, 409, reponse, '{}', 'cle_reutilisee', p_request); return; end if;
      if p_attente > 0 then perform pg_sleep(p_attente); end if;
      update sonde_total set n = n + 1 where id = 1 returning jsonb_build_object('n', n)::text into reponse;
      statut := 200; perform door_close(p_route, p_cle, p_hash, 200, reponse, '{}', null, p_request);
    end $$;
    grant execute on function sonde_compte to app;
    alter function sonde_compte owner to fn_redeem;
    revoke create on schema public from fn_redeem;`)
}

const one = async (ctx: Ctx, sondeId: string) =>
  found((await ctx.db.$queryRaw<z.infer<typeof Sonde>[]>`select id, nom, statut, fois from sonde where id = ${sondeId}::uuid`)[0])
const count = (ctx: Ctx, sondeId: string) => ctx.db.$executeRaw`update sonde set fois = fois + 1 where id = ${sondeId}::uuid`

const conflicts = new Map<string, number>()

const acts: Record<(typeof ACTS)[number], (ctx: Ctx, sondeId: string) => Promise<unknown>> = {
  rien: async (ctx, id) => {
    await fact(ctx, { sujet: 'sonde.comptee', collectiviteId: ctx.actor.organisationId, objet: { sondeId: id } })
    await enqueue(ctx, 'sonder', { sondeId: id }, `sonde:${id}`)
  },
  refuse: async () => enforce(refuse('convention_statut')),
  refuse_apres: async (ctx) => {
    await ctx.db.$executeRaw`update sonde set statut = 'perdu'`
    throw new Refused(refuse('convention_statut', 'Trop tard.'))
  },
  panne: async () => {
    throw new Error('panne secrète')
  },
  base: async (ctx) => ctx.db.$queryRaw`select 1 / 0`,
  avale: async (ctx) => ctx.db.$queryRaw`select 1 / 0`.catch(() => undefined),
  doublon: async (ctx) =>
    ctx.db.$executeRaw`insert into sonde (collectivite_id, id, nom) select collectivite_id, uuidv7(), nom from sonde limit 1`,
  course: async (ctx, id) => won(await ctx.db.$executeRaw`update sonde set statut = 'fini' where id = ${id}::uuid and statut = 'ailleurs'`),
  attend: async (ctx) => ctx.db.$queryRaw`select pg_sleep(0.3)::text`,
  forge: async (ctx, id) => {
    await ctx.db.$executeRaw`select set_config('app.ctx', replace(current_setting('app.ctx'), 'collectivite', 'structure'), true)`
    await count(ctx, id)
  },
  role: async (ctx, id) => {
    await ctx.db.$executeRaw`select set_config('role', 'as_structure', true)`
    await one(ctx, id)
  },
  autre: async (ctx) => ctx.db.$executeRaw`insert into sonde (collectivite_id, id, nom) values (uuidv7(), uuidv7(), 'chez un autre')`,
  malforme: async () => enforce(refuse('convention_cle_incomplete'), 400),
  // the first two tries meet a serialization failure, as two rivals would give
  conflit: async (ctx, id) => {
    const tries = (conflicts.get(id) ?? 0) + 1
    conflicts.set(id, tries)
    if (tries < 3) await ctx.db.$executeRaw`do $$ begin raise exception 'rival' using errcode = '40001'; end $$`
  },
  absent: async (ctx) => ctx.db.organisation.findUniqueOrThrow({ where: { id: '0192d1c0-0000-7000-8000-ffffffffffff' } }),
  long: async (ctx) => ctx.db.$queryRaw`select pg_sleep(3.4)::text`,
}

const attempts = {
  ecrire: (ctx: Ctx, id: string) => count(ctx, id),
  ouvrir: async (ctx: Ctx, id: string) => {
    await ctx.db.$executeRaw`set transaction read write`
    await count(ctx, id)
  },
  fort: async (ctx: Ctx, id: string) => {
    await ctx.db.$executeRaw`select set_config('transaction_read_only', 'off', true)`
    await count(ctx, id)
  },
}

const bind = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, probeRoutes, {
    listProbes: async (ctx, { query }) => ({
      items: await ctx.db.$queryRaw<z.infer<typeof Sonde>[]>`select id, nom, statut, fois from sonde order by nom`,
      query: JSON.stringify(query),
    }),
    getProbe: (ctx, { params: { sondeId } }) => one(ctx, sondeId),
    actInRead: async (ctx, { params: { sondeId }, query }) => {
      await attempts[query.comment](ctx, sondeId)
      return one(ctx, sondeId)
    },
    readProbeFile: async (ctx, { params: { sondeId } }) => ({
      nom: `../état « ${(await one(ctx, sondeId)).nom} ».csv`,
      type: 'text/csv; charset=utf-8',
      contenu: Buffer.from('a;b'),
    }),
    createProbe: async (ctx, { body: { id, nom, fois } }) => {
      await ctx.db
        .$executeRaw`insert into sonde (collectivite_id, id, nom, fois) values (${ctx.actor.organisationId}::uuid, ${id}::uuid, ${nom}, ${fois}::int)`
      return one(ctx, id)
    },
    actOnProbe: async (ctx, { params: { sondeId }, body }) => {
      await one(ctx, sondeId)
      await count(ctx, sondeId)
      await acts[body.acte](ctx, sondeId)
      return one(ctx, sondeId)
    },
    countProbe: (call, { body }) =>
      call.query({
        name: 'sonde_compte',
        text: 'select statut, reponse, replayed from sonde_compte($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        values: [call.tokenHash, call.today, call.adhesionId, call.roles, call.route, call.key, call.hash, call.requestId, body.attente],
      }),
    readPublic: async (ctx) => (await ctx.db.$queryRaw<{ n: number }[]>`select count(*)::int as n from organisation`)[0]!,
  })

export const probes: Module = { routes: probeRoutes, bind }

/** What the probe's job saw, and how far `progressOf` told it was meanwhile. */
export const seen: { type: string; sondeId: unknown; organisationId: string; rows: number }[] = []
export const probeTasks: Tasks = {
  sonder: async (job) => {
    await job.progress(1, 2)
    const rows = await job.write({ sondeId: job.payload.sondeId }, async (ctx) => {
      const mine = await ctx.db.$queryRaw<unknown[]>`select id from sonde`
      seen.push({
        type: ctx.actor.organisationType,
        sondeId: job.payload.sondeId,
        organisationId: ctx.actor.organisationId,
        rows: mine.length,
      })
      return mine.length
    })
    await job.progress(rows, rows)
  },
}
