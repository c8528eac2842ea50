import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { VersionPage } from '@pass/web/modules/conventions/version-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { getVersion } = conventionVersionRoutes

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    version: apiQuery(getVersion, { params: paramsOf(getVersion, params) }),
  })

export const Component = () => {
  const { version } = useWarmed<typeof loader>()
  return <VersionPage version={version} paths={paths} />
}
