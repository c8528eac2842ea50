import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import { MOTIF_BLOCAGE_LABELS, whyNotHandOverCarnet } from '@pass/domain/carnets.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { formatSerie, parseSerie } from '@pass/domain/references.ts'
import type { Refusal } from '@pass/domain/refusal.ts'
import { useApiQuery } from '@pass/web/api.ts'
import { ApiError } from '@pass/web/errors.ts'
import { today } from '@pass/web/session.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { type KeyboardEvent, useState } from 'react'
import { Link } from 'react-router'
import { findCarnet } from '../calls.ts'
import { paths } from '../paths.ts'
import type { RemiseForm } from './remise-form.ts'

/** What is known of the carnet whose number was scanned or typed. */
export type CarnetLookup = {
  numero: string | null
  carnet: CarnetDetail | null
  refusal: Refusal | null
  pending: boolean
  error: unknown
  look: (text: string) => Refusal | null
  forget: () => void
}

/** Looks the carnet up as soon as its number is whole: the check character is verified before any request. */
export const useCarnetLookup = (depart = ''): CarnetLookup => {
  const [numero, setNumero] = useState<string | null>(() => {
    const read = parseSerie(depart)
    return read.ok ? formatSerie(read.serie) : null
  })
  const { data, error, isFetching } = useApiQuery(findCarnet, { query: { numero: numero ?? '' } }, { enabled: numero !== null })
  const carnet = numero !== null && data ? data : null
  return {
    numero,
    carnet,
    refusal: carnet && whyNotHandOverCarnet(carnet, today()),
    pending: numero !== null && isFetching && !carnet,
    error: numero === null ? null : error,
    look: (text) => {
      const read = parseSerie(text)
      setNumero(read.ok ? formatSerie(read.serie) : null)
      return read.ok ? null : read.refusal
    },
    forget: () => setNumero(null),
  }
}

const NextStep = ({ refusal, carnet }: { refusal: Refusal; carnet: CarnetDetail }) => {
  if (refusal.code === 'carnet_en_transit') return <Link to={paths.attributions()}>Confirmer la réception</Link>
  if (refusal.code === 'pas_actif') return <>Appelez {carnet.collectivite.nom}, ou prenez un autre carnet.</>
  return <Link to={paths.carnet({ carnetId: carnet.id })}>Voir l’histoire du carnet</Link>
}

const State = ({ lookup: { carnet, refusal, pending, error } }: { lookup: CarnetLookup }) => {
  if (pending) return <p className="doux">Recherche du carnet…</p>
  if (error)
    return (
      <Notice tone="refus" titre={error instanceof ApiError && error.status === 404 ? 'Ce carnet n’est pas dans votre stock.' : null}>
        {error instanceof ApiError && error.status === 404
          ? 'Relisez le numéro. S’il est bon, appelez la collectivité.'
          : error instanceof Error && error.message}
      </Notice>
    )
  if (!carnet) return null
  if (refusal)
    return (
      <Notice tone="refus" titre={refusal.message}>
        {carnet.motifBlocage && `Motif : ${MOTIF_BLOCAGE_LABELS[carnet.motifBlocage].toLowerCase()}. `}
        <NextStep refusal={refusal} carnet={carnet} />
      </Notice>
    )
  return (
    <Notice tone="bien" titre={`${carnet.serie} peut être remis.`}>
      {`${pluralPass(carnet.taille)} de ${euros(carnet.valeurFacialeCentimes)}, valables jusqu’au ${formatLongDay(carnet.dateFin)}. ${carnet.collectivite.nom}, ${carnet.convention.nom}.`}
    </Notice>
  )
}

/** The number of the carnet: one box for the hand scanner and for the keyboard. Enter looks it up. */
export const CarnetScan = ({ form, lookup }: { form: RemiseForm; lookup: CarnetLookup }) => {
  const { onChange, onBlur, error, ...field } = form.field('numero')
  // said under the box only: the summary is for what was sent
  const [fault, setFault] = useState<string | undefined>()
  const look = (text: string) => setFault(lookup.look(text)?.message)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    look(event.currentTarget.value)
  }
  return (
    <>
      <TextField
        label="Numéro du carnet"
        aide="Scannez la couverture, ou tapez le numéro puis Entrée. Exemple : PN 26-0001234-K."
        code
        autoComplete="off"
        spellCheck={false}
        {...field}
        error={fault ?? error}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setFault(undefined)
          if (lookup.look(event.target.value)) lookup.forget()
          return onChange(event)
        }}
        onBlur={(event) => {
          if (event.target.value.trim() !== '') look(event.target.value)
          return onBlur(event)
        }}
      />
      <div role="status">
        <State lookup={lookup} />
      </div>
    </>
  )
}
