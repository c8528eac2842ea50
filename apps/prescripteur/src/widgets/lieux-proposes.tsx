import type { Lieu } from '@pass/contracts/lieux.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { type BesoinCode, BESOIN_CODES, themeOf } from '@pass/domain/prescriptions.ts'
import { useApiQuery } from '@pass/web/api.ts'
import { LieuAddress, LieuPhone } from '@pass/web/modules/lieux/lieu-address.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { listDepartements, listLieux } from '../calls.ts'
import type { RemiseForm } from './remise-form.ts'

/** How many places are proposed, on screen and in the letter (ux.md A25). */
export const PROPOSES = 3
const REMEMBERED = 'pass.departement'

/** The département of a commune code: overseas ones hold three characters. */
export const departementOf = (commune: string): string => commune.slice(0, commune.startsWith('97') ? 3 : 2)

// The counter stays where it is: its département is asked once on this computer.
export const rememberedDepartement = (): string => {
  try {
    return localStorage.getItem(REMEMBERED) ?? ''
  } catch {
    return ''
  }
}
const remember = (departement: string): void => {
  try {
    localStorage.setItem(REMEMBERED, departement)
  } catch {
    // a locked-down browser: asked again next time
  }
}

export type LieuxProposes = {
  lieux: readonly Lieu[]
  besoin: BesoinCode | null
  departement: string
  choose: (departement: string) => void
  pending: boolean
  error: Error | null
}

const besoinOf = (form: RemiseForm): BesoinCode | null => BESOIN_CODES.find((code) => code === form.watch('besoin')) ?? null

/** Places of the département that teach what is needed. The person's commune, once chosen, decides of the département. */
export const useLieuxProposes = (form: RemiseForm): LieuxProposes => {
  const [counter, setCounter] = useState(rememberedDepartement)
  const besoin = besoinOf(form)
  const commune: unknown = form.watch('personne.commune')
  const departement = typeof commune === 'string' && commune !== '' ? departementOf(commune) : counter
  const query = { taille: 10 as const, ...(departement && { departement }), ...(besoin && { theme: themeOf(besoin) }) }
  const { data, isFetching, error } = useApiQuery(listLieux, { query }, { enabled: besoin !== null })
  return {
    lieux: besoin && data ? data.items.slice(0, PROPOSES) : [],
    besoin,
    departement,
    choose: (next) => {
      setCounter(next)
      remember(next)
    },
    pending: isFetching && !data,
    error,
  }
}

const Found = ({ proposes: { lieux, besoin, pending, error } }: { proposes: LieuxProposes }) => {
  if (!besoin) return <p className="doux">Choisissez le besoin&nbsp;: les lieux paraissent ici.</p>
  if (error) return <Notice tone="refus">{error.message}</Notice>
  if (pending) return <p className="doux">Recherche des lieux…</p>
  if (lieux.length === 0)
    return <Notice tone="attente">{`Aucun lieu ne propose « ${THEME_LABELS[themeOf(besoin)]} » ici. La remise reste possible.`}</Notice>
  return (
    <ul className="proposes">
      {lieux.map((lieu) => (
        <li key={lieu.id}>
          <strong>{lieu.nom}</strong>
          <LieuAddress lieu={lieu} />
          <LieuPhone lieu={lieu} />
        </li>
      ))}
    </ul>
  )
}

/** Where to go with the carnet. */
export const LieuxProposesCard = ({ proposes }: { proposes: LieuxProposes }) => {
  const { data } = useApiQuery(listDepartements, {})
  return (
    <Card titre="Lieux à proposer">
      <SelectField
        label="Département"
        vide="Tous"
        options={(data?.items ?? []).map(({ code, nom }) => ({ value: code, label: `${code} – ${nom}` }))}
        value={proposes.departement}
        onChange={({ target }) => proposes.choose(target.value)}
      />
      <div role="status" className="pile">
        <Found proposes={proposes} />
      </div>
    </Card>
  )
}
