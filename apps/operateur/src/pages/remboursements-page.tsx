import { clotureRoutes } from '@pass/contracts/clotures.ts'
import { periodeOf } from '@pass/domain/clotures.ts'
import { apiQuery, fileUrl, warm } from '@pass/web/api.ts'
import { knownSession } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs, useLoaderData, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { ClotureCard, WaitingTable } from '../widgets/cloture.tsx'
import { ClotureHistory, ClotureProgress, useClotures } from '../widgets/cloture-progress.tsx'
import { nameOf, periodeFrom, periodeOptions } from '../widgets/periodes.ts'
import { useRoleReason } from '../widgets/role-reason.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'

/** The period of the address; its preview is read first by who may read it. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<{ periode: string }> => {
  const periode = periodeFrom(request)
  if (knownSession()?.droits.includes('bordereau:close'))
    await warm({
      cloture: apiQuery(clotureRoutes.previewCloture, { params: { periode } }),
      clotures: apiQuery(clotureRoutes.listClotures, {}),
    })
  return { periode }
}

const PeriodeCard = ({ periode, parSemaine }: { periode: string; parSemaine: boolean }) => {
  const [, setSearch] = useSearchParams()
  const known = periodeOptions(parSemaine)
  const options = known.some(({ value }) => value === periode) ? known : [{ value: periode, label: nameOf(periode) }, ...known]
  return (
    <Card titre="Période à arrêter">
      <div className="formulaire">
        <SelectField
          label={parSemaine ? 'Mois ou semaine' : 'Mois'}
          aide="Une période s’arrête à partir de 24 heures après sa fin : plus aucune utilisation ne peut alors être annulée."
          options={options}
          vide={null}
          value={periode}
          onChange={({ target }) => setSearch({ periode: target.value }, { preventScrollReset: true })}
        />
      </div>
    </Card>
  )
}

const Periode = ({ periode }: { periode: string }) => {
  const [said, setSaid] = useState<Said | null>(null)
  const { items, plancherHebdoCentimes } = useClotures()
  const running = items.find(({ statut }) => statut === 'en_cours')
  const mois = periodeOf(periode)?.mois
  return (
    <>
      <PeriodeCard periode={periode} parSemaine={plancherHebdoCentimes !== null} />
      <SaidNotice said={said}>
        <Link to={paths.bordereaux({ statut: 'arrete', ...(mois && { mois }) })}>Voir les bordereaux à contrôler</Link>
      </SaidNotice>
      {running && <ClotureProgress suivi={running} />}
      <ClotureCard key={periode} periode={periode} enCours={running !== undefined} onDone={setSaid} />
      <WaitingTable periode={periode} />
      <Card titre="Documents de la période">
        <FileLink
          href={fileUrl(clotureRoutes.exportPeriode, { params: { periode } })}
          nom={`Lignes de tous les bordereaux : ${nameOf(periode)}`}
          type="CSV"
        />
      </Card>
      <ClotureHistory items={items.filter(({ statut }) => statut !== 'en_cours')} />
    </>
  )
}

export const Component = () => {
  const { periode } = useLoaderData<typeof loader>()
  const reason = useRoleReason()('bordereau:close')
  return (
    <Page
      titre="Arrêter une période"
      intro={`Période choisie : ${nameOf(periode)}. Rien n’est écrit tant que vous ne confirmez pas.`}
      actions={
        <LinkButton variant="second" to={paths.bordereaux()}>
          Voir les bordereaux
        </LinkButton>
      }
    >
      {reason ? <Notice tone="attente">{reason}</Notice> : <Periode periode={periode} />}
    </Page>
  )
}
