import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { formatMonth, isMonth } from '@pass/domain/days.ts'
import { apiQuery, warm } from '@pass/web/api.ts'
import { knownSession } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs, useLoaderData, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'
import { ClotureCard, WaitingTable } from '../widgets/cloture.tsx'
import { lastMonth, monthOptions } from '../widgets/months.ts'
import { useRoleReason } from '../widgets/role-reason.ts'

const monthFrom = (request: Request): string => {
  const mois = new URL(request.url).searchParams.get('mois')
  return mois && isMonth(mois) ? mois : lastMonth()
}

/** The month of the address; its preview is read first by who may read it. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<{ mois: string }> => {
  const mois = monthFrom(request)
  if (knownSession()?.droits.includes('bordereau:close'))
    await warm({ cloture: apiQuery(bordereauRoutes.previewCloture, { params: { mois } }) })
  return { mois }
}

const MonthCard = ({ mois }: { mois: string }) => {
  const [, setSearch] = useSearchParams()
  return (
    <Card titre="Mois à arrêter">
      <div className="formulaire">
        <SelectField
          label="Mois"
          aide="Un mois s’arrête à partir de 24 heures après sa fin : plus aucune utilisation ne peut alors être annulée."
          options={monthOptions()}
          vide={null}
          value={mois}
          onChange={({ target }) => setSearch({ mois: target.value }, { preventScrollReset: true })}
        />
      </div>
    </Card>
  )
}

const Month = ({ mois }: { mois: string }) => {
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <>
      <SaidNotice said={said}>
        <Link to={paths.bordereaux({ statut: 'arrete', mois })}>Voir les bordereaux à contrôler</Link>
      </SaidNotice>
      <ClotureCard mois={mois} onDone={setSaid} />
      <WaitingTable mois={mois} />
    </>
  )
}

export const Component = () => {
  const { mois } = useLoaderData<typeof loader>()
  const reason = useRoleReason()('bordereau:close')
  return (
    <Page
      titre="Arrêter un mois"
      intro={`Mois choisi : ${formatMonth(mois)}. Rien n’est écrit tant que vous ne confirmez pas.`}
      actions={
        <LinkButton variant="second" to={paths.bordereaux()}>
          Voir les bordereaux
        </LinkButton>
      }
    >
      <MonthCard mois={mois} />
      {reason ? <Notice tone="attente">{reason}</Notice> : <Month key={mois} mois={mois} />}
    </Page>
  )
}
